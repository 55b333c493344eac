# SPDX-License-Identifier: GPL-2.0-or-later
"""A scripted session on the screen, in a terminal of its own, and what it must leave behind."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

# Moves, zooms, every pane, search, filter, history, going in and coming back, a report.
KEYS = "jj++-c,j.Lt\x1buueeppHHGG/x\r\x1bfrw\r\x1bmD\r\x7fD?\x1b\r\r\x7f"
START_SECONDS = 10
END_SECONDS = 20
STARTED = (b"address space", b"processes by", b"side by side")

# What is switched on must be switched off after that.
PAIRS = [(b"\x1b[?1049h", b"\x1b[?1049l", "the other screen is not left"),
         (b"\x1b[?1000h", b"\x1b[?1000l", "reports of the mouse go on")]
SEQUENCES = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[>=]|\x1b\(B")


class Session:
    """The program in a terminal of 120 by 40."""

    def __init__(self, command, environment):
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.modes = termios.tcgetattr(self.slave)
        self.output = b""
        self.status = None
        # setsid(1) makes it the terminal's, and is not torn itself.
        first = ["setsid", "--ctty", "env"]
        if "LD_PRELOAD" in environment:
            first.append("LD_PRELOAD=" + environment["LD_PRELOAD"])
        environment = {name: environment[name] for name in environment if name != "LD_PRELOAD"}
        self.child = subprocess.Popen(first + command, env=environment, stdin=self.slave,
                                      stdout=self.slave, stderr=self.slave)

    def follow(self, seconds):
        """Reads what is written for so long, or until the program has ended."""
        end = time.monotonic() + seconds
        while self.status is None and time.monotonic() < end:
            ready, _, _ = select.select([self.master], [], [], 0.02)
            if ready:
                self.output += os.read(self.master, 65536)
            else:
                self.status = self.child.poll()
        return self.status is None

    def press(self, key, seconds=0.03):
        os.write(self.master, key.encode())
        return self.follow(seconds)

    def drain(self):
        while select.select([self.master], [], [], 0)[0]:
            self.output += os.read(self.master, 65536)

    def finish(self):
        if self.status is None:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()
        os.close(self.master)
        os.close(self.slave)


def type_all(session):
    """Types the keys, then Esc and q until it ends. Whether it has ended."""
    end = time.monotonic() + START_SECONDS
    while not any(words in session.output for words in STARTED) and time.monotonic() < end and session.follow(0.02):
        pass
    for key in KEYS:
        if not session.press(key, 0.1 if key == "\x1b" else 0.03):
            return True
    end = time.monotonic() + END_SECONDS
    while time.monotonic() < end:
        for key in "\x1b\x1bq":
            if not session.press(key, 0.1):
                return True
    return False


def faults(session, ended):
    """What is wrong with what it has left."""
    session.drain()
    if not ended:
        yield "does not end"
        return
    if session.status < 0:
        yield "is ended by " + signal.Signals(-session.status).name
    for on, off, words in PAIRS:
        if session.output.rfind(on) > session.output.rfind(off):
            yield words
    if termios.tcgetattr(session.slave)[:4] != session.modes[:4]:
        yield "the terminal's modes are not restored"
    said = session.output[session.output.rfind(PAIRS[0][1]) + 1:]
    if session.status > 0 and not SEQUENCES.sub(b"", said).strip():
        yield "status %d without a word" % session.status


def run_session(command, environment):
    """Runs one; returns the list of its faults, and its exit status (None: it hung)."""
    session = Session(command, environment)
    try:
        found = list(faults(session, type_all(session)))
        return found, session.status
    finally:
        session.finish()
