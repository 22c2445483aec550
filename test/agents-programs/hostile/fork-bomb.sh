#!/bin/sh
# A bomb with a fuse: each becomes two, eight times over. 256 processes, never more.
exec perl -e '
  my ($token, $mode) = @ARGV;
  my $first = $$;
  fork for 1 .. 8;
  open my $file, ">>", "forked" or die;
  syswrite $file, ".";
  if ($$ != $first) {
    open STDOUT, ">", "/dev/null";
    sleep $token;
    exit;
  }
  select undef, undef, undef, 0.02 while -s "forked" < 256;
  syswrite STDOUT, "ready\n";
  sleep $token if $mode ne "leave";
' "$1" "$2"
