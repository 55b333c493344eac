#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Lets each allocation and each system call of vastop fail, one a run, in each of its modes.

Whatever fails: vastop ends by itself, not by a signal; it says why where it does not succeed; a
file under its final name is whole; the terminal is given back. Speaks TAP, a test for each mode and
kind of fault, and says how many were tried of how many there are.

Allocations fail by fail_allocation.c, which is preloaded; system calls by strace(1). What happens
before main() is the dynamic linker's, and does not count.
"""

import argparse
import concurrent.futures
import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from terminal import run_session

HERE = os.path.dirname(os.path.abspath(__file__))
RUN_SECONDS = 30
MARK = b"getpriority(0x1e61"

# Those that never fail, and those without which no C library goes on.
NEVER = frozenset("""arch_prctl brk clone clone3 execve exit exit_group futex getpid getpriority
gettid kill munmap restart_syscall rseq rt_sigprocmask rt_sigreturn set_robust_list set_tid_address
tgkill wait4 waitid""".split())
# A terminal that does not take the end of its modes cannot be given back.
NEVER_ON_SCREEN = frozenset(["write", "ioctl"])
ERRORS = ("EIO", "ENOMEM", "EACCES")


class Mode:
    """A way to run vastop."""

    def __init__(self, name, arguments, **more):
        self.name = name
        self.arguments = arguments
        self.is_whole = more.get("file")  # what is to be true of the file that it writes
        self.over = more.get("over", False)  # there is such a file before
        self.output = more.get("output")  # what is to be true of its output where it succeeds
        self.findings = more.get("findings", False)  # status 1: it found something; 5: undecided
        self.is_screen = more.get("is_screen", False)

    def succeeds(self, status, said=b""):
        return status == 0 or (status in (1, 5) and self.findings and not said.strip())


def ends_in(words):
    def check(output):
        return output.endswith(words)
    return check


def is_metrics(_, path):
    with open(path, "rb") as file:
        return file.read().endswith(b"# EOF\n")


def is_recording(vastop, path):
    """It reads back; perhaps without a sample, where none was taken yet."""
    shown = subprocess.run([vastop, "--once", "--replay=" + path], stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    return shown.returncode == 0 or b"nothing was recorded" in shown.stderr


def is_json(output):
    try:
        json.loads(output)
    except ValueError:
        return False
    return True


LINES = ends_in(b"\n")
METRICS = "--once --format=openmetrics --samples=2 --delay=0.05 --output={file} {pid}"

# {pid} is a process, {file} a file to be written, {recording} and {core} ones that are there.
MODES = [
    Mode("once", "--once {pid}", output=LINES),
    Mode("json", "--once --format=json {pid}", output=is_json),
    Mode("csv", "--once --format=csv {pid}", output=ends_in(b"\r\n")),
    Mode("svg", "--once --format=svg {pid}", output=ends_in(b"</svg>\n")),
    Mode("several", "--once --format=table {pid} {pid}", output=LINES),
    Mode("metrics", METRICS, file=is_metrics),
    Mode("metrics-again", METRICS, file=is_metrics, over=True),
    Mode("events", "--events --samples=2 --delay=0.05 {pid}"),
    Mode("locate", "--locate=libc+0x1000 {pid}", output=LINES),
    Mode("inside", "--inside=heap --format=json {pid}", output=is_json),
    Mode("chunks", "--inside=heap --parts --format=json {pid}", output=is_json),
    Mode("bytes", "--bytes=stack --length=4K {pid}", output=LINES),
    Mode("search", "--search=sleep {pid}", output=LINES),
    Mode("growth", "--growth=0.1 --format=json {pid}", output=is_json),
    Mode("growth-command", "--growth --format=json -- true", output=is_json),
    Mode("check", "--check {pid}", output=LINES, findings=True),
    Mode("check-watching", "--check --samples=2 --delay=0.05 --format=json {pid}", output=is_json,
         findings=True),
    Mode("diff", "--diff {recording} {pid}", output=LINES),
    Mode("diff-json", "--diff --format=json {recording} {recording}", output=is_json),
    Mode("record", "--record={file} --once --samples=2 --delay=0.05 {pid}", file=is_recording),
    Mode("export", "--export={file} {recording}", file=is_recording),
    Mode("export-again", "--export={file} --force {recording}", file=is_recording, over=True),
    Mode("replay", "--once --replay={recording}", output=LINES),
    Mode("core", "--once {core}", output=LINES),
    Mode("core-json", "--once --format=json {core}", output=is_json),
    Mode("core-packed", "--once {core}.gz", output=LINES),
    Mode("core-chunks", "--inside=heap --parts --format=json {core}", output=is_json),
    Mode("diff-core", "--diff {core} {pid}", output=LINES),
    Mode("screen", "--delay=0.1 {pid}", is_screen=True),
    Mode("screen-core", "{core}", is_screen=True),
    Mode("screen-diff", "--delay=0.1 --diff {recording} {pid}", is_screen=True),
    Mode("screen-command", "--delay=0.1 --output=/dev/null -- sleep 5", is_screen=True),
    Mode("screen-replay", "--replay={recording}", is_screen=True),
    Mode("screen-record", "--delay=0.1 --record={file} {pid}", file=is_recording, is_screen=True),
    Mode("screen-processes", "--delay=0.1", is_screen=True),
]


class Bench:
    """A folder, a process to be looked at, a recording of it, and a core file."""

    def __init__(self, vastop):
        self.vastop = vastop
        self.folder = tempfile.mkdtemp(prefix="vastop-torture-")
        self.preload = os.path.join(self.folder, "fail_allocation.so")
        self.file = os.path.join(self.folder, "written")
        self.count = os.path.join(self.folder, "count")
        self.trace = os.path.join(self.folder, "trace")
        self.recording = os.path.join(self.folder, "recording")
        self.core = os.path.join(self.folder, "core")
        self.target = subprocess.Popen(["sleep", "86400"], stdin=subprocess.DEVNULL)
        self.names = {"file": self.file, "recording": self.recording, "core": self.core,
                      "pid": self.target.pid}
        self.wait_for_heap()

    def wait_for_heap(self):
        """Some modes look into it, and a program has none before it allocates."""
        while self.target.poll() is None:
            with open("/proc/%d/maps" % self.target.pid, encoding="utf-8") as file:
                if "[heap]" in file.read():
                    return
            time.sleep(0.001)

    def finish(self):
        self.target.kill()
        self.target.wait()
        shutil.rmtree(self.folder)

    def prepare(self):
        """Whether there is what tears allocations, and the files."""
        compiler = os.environ.get("CC", "cc").split()
        source = os.path.join(HERE, "fail_allocation.c")
        command = compiler + ["-shared", "-fPIC", "-o", self.preload, source, "-ldl"]
        if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode:
            return False
        subprocess.run([self.vastop, "--once", "--samples=2", "--delay=0.05",
                        "--record=" + self.recording, str(self.target.pid)],
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
        dumps = os.path.join(os.path.dirname(self.vastop), "tests/targets/dumps")
        subprocess.run([dumps, self.core, os.devnull],
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
        with open(self.core, "rb") as plain, gzip.open(self.core + ".gz", "wb", 1) as packed:
            shutil.copyfileobj(plain, packed)
        return True

    def another(self):
        """The same in a folder of its own, for another mode at the same time."""
        bench = Bench(self.vastop)
        bench.preload = self.preload
        shutil.copy(self.recording, bench.recording)
        for end in ("", ".gz"):
            os.link(self.core + end, bench.core + end)
        return bench

    def clean(self, mode):
        for path in os.listdir(self.folder):
            if path.startswith("written"):
                os.unlink(os.path.join(self.folder, path))
        for path in (self.count, self.trace):
            if os.path.exists(path):
                os.unlink(path)
        if mode.over and mode.is_whole is is_recording:
            shutil.copy(self.recording, self.file)
        elif mode.over:
            with open(self.file, "wb") as file:
                file.write(b"# EOF\n")

    def run(self, mode, wrapper, more):
        """Runs it once; returns the list of faults, and the status."""
        self.clean(mode)
        environment = dict(os.environ, TERM="xterm-256color", LD_PRELOAD=self.preload,
                           XDG_CONFIG_HOME=self.folder, TORTURE_COUNT=self.count, **more)
        command = [self.vastop] + [word.format(**self.names) for word in mode.arguments.split()]
        if not wrapper and not more:
            # The count is written at the end, which the sandbox refuses.
            command.insert(1, "--no-sandbox")
        if wrapper:
            # strace itself is not to be torn.
            command = wrapper + ["-E", "LD_PRELOAD=" + self.preload] + command
            del environment["LD_PRELOAD"]
        found, status = self.run_command(mode, command, environment)
        if not mode.is_whole:
            return found, status
        if not os.path.exists(self.file):
            if mode.over or status == 0:
                found.append("status %s, and there is no file" % status)
        elif not mode.is_whole(self.vastop, self.file):
            found.append("status %s, and the file is not whole" % status)
        return found, status

    def run_command(self, mode, command, environment):
        """(faults, status) of one run."""
        if mode.is_screen:
            return run_session(command, environment)
        child = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 cwd=self.folder, start_new_session=True)
        try:
            output, said = child.communicate(timeout=RUN_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
            return ["does not end"], None
        status = child.returncode
        if status < 0:
            return ["is ended by " + signal.Signals(-status).name], status
        if mode.succeeds(status, said):
            if mode.output and not mode.output(output):
                return ["status %d, and the output is not whole" % status], status
        elif not said.strip():
            return ["status %d without a word" % status], status
        return [], status


def spaced(count, most):
    """At most so many numbers of 1 to count, evenly spaced."""
    if count <= most:
        return list(range(1, count + 1))
    if most == 1:
        return [(1 + count) // 2]
    return sorted({1 + index * (count - 1) // (most - 1) for index in range(most)})


def tear_allocations(bench, mode, most, end):
    """Yields (what failed, the faults)."""
    found, status = bench.run(mode, None, {})
    if found or not mode.succeeds(status):
        yield "nothing", found or ["status %s, though nothing fails" % status]
        return
    with open(bench.count, encoding="ascii") as file:
        count = int(file.read())
    for number in spaced(count, most):
        if time.monotonic() > end:
            return
        yield "allocation %d of %d" % (number, count), bench.run(
            mode, None, {"TORTURE_AT": str(number)})[0]


def calls_made(bench, mode):
    """(name, number) of each system call that may fail, in its order by name; of the thread that
    makes the most of them."""
    bench.run(mode, ["strace", "-f", "-qq", "-o", bench.trace], {})
    never = NEVER | NEVER_ON_SCREEN if mode.is_screen else NEVER
    counts = {}
    with open(bench.trace, "rb") as file:
        for line in file:
            match = re.match(rb"(\d+) +([a-z_0-9]+)\(", line)
            name = match.group(2).decode() if match else None
            # One that this strace does not know cannot be torn by it either.
            if name and name not in never and not name.startswith("syscall_0x"):
                thread = counts.setdefault(name, {})
                thread[match.group(1)] = thread.get(match.group(1), 0) + 1
    return [(name, number + 1) for name in sorted(counts)
            for number in range(max(counts[name].values()))]


def tear_calls(bench, mode, most, end):
    """Yields (what failed, the faults)."""
    made = calls_made(bench, mode)
    for number in spaced(len(made), most):
        name, at = made[number - 1]
        if time.monotonic() > end:
            return
        error = ERRORS[number % len(ERRORS)]
        # With a filter of the kernel's, only what is asked for stops the threads.
        wrapper = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", bench.trace,
                   "-e", "trace=getpriority," + name,
                   "-e", "inject=%s:error=%s:when=%d" % (name, error, at)]
        found = bench.run(mode, wrapper, {})[0]
        with open(bench.trace, "rb") as file:
            if MARK not in file.read():
                continue
        yield "%s() number %d, %s" % (name, at, error), found


def tear_all(first, mode, tear, options):
    """(how many were tried, what is wrong) of a mode and kind, on a bench of its own."""
    bench = first.another()
    most = options.most_screen if mode.is_screen else options.most
    tried, failed = 0, []
    try:
        for what, found in tear(bench, mode, most, time.monotonic() + options.seconds):
            tried += 1
            failed += ["%s: %s" % (what, words) for words in found]
    finally:
        bench.finish()
    return tried, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("vastop")
    parser.add_argument("--most", type=int, default=1000000, help="faults for each mode and kind")
    parser.add_argument("--most-screen", type=int, default=400, help="the same for the screen")
    parser.add_argument("--seconds", type=float, default=3600, help="for each mode and kind")
    parser.add_argument("--jobs", type=int, default=1, help="modes at once")
    parser.add_argument("--only", help="modes, separated by commas")
    options = parser.parse_args()
    only = options.only.split(",") if options.only else [mode.name for mode in MODES]
    kinds = [("allocations", tear_allocations)]
    if shutil.which("strace"):
        kinds.append(("system calls", tear_calls))
    chosen = [(mode, kind, tear) for mode in MODES if mode.name in only for kind, tear in kinds]
    bench = Bench(os.path.abspath(options.vastop))
    test, bad = 0, False
    try:
        if not bench.prepare():
            print("1..0 # SKIP nothing can be preloaded")
            return 0
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            ends = pool.map(lambda each: tear_all(bench, each[0], each[2], options), chosen)
            for (mode, kind, _), (tried, failed) in zip(chosen, ends):
                test += 1
                bad = bad or bool(failed) or not tried
                print("%sok %d - %s: %s (%d tried)" % (
                    "not " if failed or not tried else "", test, mode.name, kind, tried))
                for words in failed:
                    print("# " + words)
                sys.stdout.flush()
        if len(kinds) == 1:
            test += 1
            print("ok %d - system calls # SKIP there is no strace" % test)
        print("1..%d" % test)
    finally:
        bench.finish()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
