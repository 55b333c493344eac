#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Watches a process that changes all the time, at 100 samples a second, and says whether vastop stays
as it was: its memory, descriptors, threads and share of a processor in the last third of the time are
compared with those of the second. The history is as short as it can be; what it may still fill up
counts as no growth.

With --keys, keys are pressed meanwhile. Speaks TAP, and writes the figures.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

from terminal import STARTED, Session

KEYS = "j+j-,.Lt\x1bueH\x1bHG/x\r\x1b"
LOOK_SECONDS = 2.0
HISTORY = 1024  # kB
MEMORY_SLACK = 1.02
CPU_SLACK = 1.5
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Look:
    """What a process takes at a moment."""

    def __init__(self, pid):
        with open("/proc/%d/stat" % pid, encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
        self.time = time.monotonic()
        self.cpu = (int(fields[11]) + int(fields[12])) / TICKS
        self.threads = int(fields[17])
        self.rss = int(fields[21]) * PAGE
        self.descriptors = len(os.listdir("/proc/%d/fd" % pid))


def watch(session, seconds, keys):
    """The looks; they end early when it does."""
    looks, pressed, end = [], 0, time.monotonic() + seconds
    while time.monotonic() < end:
        if keys and not session.press(KEYS[pressed % len(KEYS)], LOOK_SECONDS):
            break
        if not keys and not session.follow(LOOK_SECONDS):
            break
        pressed += 1
        # What is shown is of no interest, but that it was.
        session.output = session.output[:1]
        looks.append(Look(session.pid))
    return looks


def share(looks):
    return (looks[-1].cpu - looks[0].cpu) / (looks[-1].time - looks[0].time)


def verdicts(before, after):
    """(name, whether it holds, the figures) of each point."""
    was, now = [max(look.rss // 1024 for look in looks) for looks in (before, after)]
    yield "memory", now <= was * MEMORY_SLACK + HISTORY, "at most %d kB, then %d kB" % (was, now)
    # What a key opens for a moment is no leak.
    for name in ("descriptors", "threads"):
        was, now = [statistics.median(getattr(look, name) for look in looks)
                    for looks in (before, after)]
        yield name, now <= was, "%d, then %d" % (was, now)
    was, now = share(before), share(after)
    yield "processor", now <= was * CPU_SLACK, "%.2f %% of one, then %.2f %%" % (100 * was, 100 * now)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("vastop")
    parser.add_argument("target", help="tests/targets/many")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--mappings", default="1000")
    parser.add_argument("--keys", action="store_true")
    options = parser.parse_args()
    # 20 megabytes, and a change every 10 milliseconds.
    target = subprocess.Popen([options.target, options.mappings, "20", "10"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    target.stdout.readline()
    environment = dict(os.environ, TERM="xterm-256color", XDG_CONFIG_HOME="/nonexistent")
    session = Session([os.path.abspath(options.vastop), "--delay=0.01", "--history=%dK" % HISTORY,
                       str(target.pid)], environment)
    try:
        while STARTED not in session.output and session.follow(0.1):
            pass
        looks = watch(session, options.seconds, options.keys)
        third = len(looks) // 3
        if session.status is not None or third < 2:
            print("not ok 1 - it goes on\n# status %s after %d looks\n1..1" % (session.status, len(looks)))
            return 1
        bad = False
        for number, (name, holds, figures) in enumerate(
                verdicts(looks[third:2 * third], looks[2 * third:]), 1):
            bad = bad or not holds
            print("%sok %d - %s: %s" % ("" if holds else "not ", number, name, figures))
        print("1..4")
        return 1 if bad else 0
    finally:
        session.finish()
        target.kill()
        target.wait()


if __name__ == "__main__":
    sys.exit(main())
