/**
 * Stands for virsh in the PATH of a unit test: it reads a batch as virsh does, answers as it is told to and notes every
 * command. What libvirt really does is proved in test/integration.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface StubAnswer {
  /** Of the command with its words, joined by blanks. The first answer whose expression fits holds; without one a command prints nothing. */
  readonly when: string
  readonly print?: string
  /** libvirt's complaint; the command fails. */
  readonly fail?: string
  /** A complaint without a failure. */
  readonly warn?: string
  /** Never ends. */
  readonly hang?: boolean
  /** A folder that is made, with those above it. */
  readonly makes?: string
}

export interface StubCall {
  readonly uri: string
  readonly words: readonly string[]
  /** LC_ALL of the process. */
  readonly language: string
  /** Numbers of the process: commands with the same one came in one batch. */
  readonly pid: number
  readonly file?: { readonly text: string; readonly mode: number }
}

export interface VirshStub {
  readonly folder: string
  answer(...answers: readonly StubAnswer[]): void
  /** Commands that ran since the last answer(), in their order. */
  calls(): readonly StubCall[]
  /** The same that change something, as "verb word word". */
  written(): readonly string[]
  end(): void
}

/** In Perl, which every Debian has and which starts in a few milliseconds. Echo ends with no newline, as it does under -q. */
const program = String.raw`#!/usr/bin/perl
use strict; use warnings;
my ($folder) = $0 =~ m{^(.*)/};
sub hex_of { join '', map { sprintf '%02x', ord } split //, shift // '' }
sub from_hex { my $text = shift; $text =~ s/(..)/chr hex $1/ge; $text }
sub slurp { my $path = shift; open(my $in, '<', $path) or return undef; local $/; my $text = <$in>; $text }
sub make { my $path = shift; return if $path eq '' or -d $path; make($path =~ s{/[^/]*$}{}r); mkdir $path }
my @answers = map { [map { $_ eq '-' ? undef : from_hex($_) } split / /] } split /\n/, slurp("$folder/answers");
shift @ARGV; shift @ARGV; my $uri = shift @ARGV;
my @commands = ([@ARGV]);
if (@ARGV == 1 and $ARGV[0] =~ /;/) {
  @commands = ([]);
  my ($word, $quoted) = (undef, 0);
  while ($ARGV[0] =~ /\G(?:\\(.)|([^\\"; ]+)|(.))/gs) {
    if (defined $1) { $word = ($word // '') . $1 }
    elsif (defined $2) { $word = ($word // '') . $2 }
    elsif ($3 eq '"') { $quoted = !$quoted; $word //= '' }
    elsif ($quoted) { $word = ($word // '') . $3 }
    else { push @{$commands[-1]}, $word if defined $word; $word = undef; push @commands, [] if $3 eq ';' }
  }
  push @{$commands[-1]}, $word if defined $word;
}
my $status = 0;
for my $words (@commands) {
  if (($words->[0] // '') eq 'echo' and $words->[-1] =~ /^vivero-/) {
    if ($words->[1] eq '--err') { syswrite STDERR, "error: $words->[2]\n" } else { syswrite STDOUT, $words->[1] }
    next;
  }
  my ($path) = map { /^--file=(.*)$/s } @$words;
  my $text = defined $path ? slurp($path) : undef;
  my $file = defined $text ? hex_of($text) . ' ' . ((stat $path)[2] & 0777) : '- -';
  open(my $calls, '>>', "$folder/calls");
  syswrite $calls, join(' ', hex_of($uri), hex_of($ENV{LC_ALL}), $$, $file, map { hex_of($_) || '.' } @$words) . "\n";
  close $calls;
  my $line = join ' ', @$words;
  my ($answer) = grep { $line =~ /$_->[0]/s } @answers;
  next unless $answer;
  my ($when, $print, $fail, $warn, $hang, $makes) = @$answer;
  make($makes) if defined $makes;
  print $print if defined $print;
  $| = 1; print ''; $| = 0;
  syswrite STDERR, "$warn\n" if defined $warn;
  sleep 60 if defined $hang;
  if (defined $fail) {
    syswrite STDERR, "error: Failed to do it\nerror: $fail\n";
    $status = 1;
    last if $fail =~ /connect socket/;
  }
}
exit $status;
`

const hex = (text: string | undefined): string => (text === undefined ? '-' : Buffer.from(text).toString('hex'))
const fromHex = (text = ''): string => Buffer.from(text, 'hex').toString('utf8')

function readCall(line: string): StubCall {
  const [uri, language, pid, text, mode, ...words] = line.split(' ')
  return {
    uri: fromHex(uri),
    language: fromHex(language),
    pid: Number(pid),
    words: words.map((word) => (word === '.' ? '' : fromHex(word))),
    ...(text === '-' ? {} : { file: { text: fromHex(text), mode: Number(mode) } }),
  }
}

/** Commands that only read. */
const reading = /^(list|net-list|pool-list|dumpxml|net-dumpxml|pool-dumpxml|vol-list|vol-dumpxml|capabilities|domcapabilities|version|node\w+|domstats|net-dhcp-leases|echo|domuuid|net-uuid|pool-uuid|snapshot-list|checkpoint-list|domblkerror|dom(name|id|display))$/

/** Puts the stub in front of PATH; end() takes it away. */
export function stubVirsh(): VirshStub {
  const folder = mkdtempSync(join(tmpdir(), 'vivero-virsh-'))
  const before = process.env['PATH']
  writeFileSync(join(folder, 'virsh'), program)
  chmodSync(join(folder, 'virsh'), 0o755)
  const answer = (...answers: readonly StubAnswer[]): void => {
    const rows = answers.map(({ when, print, fail, warn, hang, makes }) => [when, print, fail, warn, hang ? 'yes' : undefined, makes].map(hex).join(' '))
    writeFileSync(join(folder, 'answers'), rows.join('\n'))
    writeFileSync(join(folder, 'calls'), '')
  }
  const calls = (): StubCall[] =>
    readFileSync(join(folder, 'calls'), 'utf8').split('\n').filter((line) => line !== '').map(readCall)
  answer()
  process.env['PATH'] = `${folder}:${before ?? ''}`
  return {
    folder,
    answer,
    calls,
    written: () => calls().map(({ words }) => words).filter(([verb = '']) => !reading.test(verb)).map((words) => words.filter((word) => !word.startsWith('--file=')).join(' ')),
    end: () => {
      process.env['PATH'] = before
      rmSync(folder, { recursive: true })
    },
  }
}
