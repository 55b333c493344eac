#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Asks whether the unit tests notice wrong lines.

Takes seeded random mutations (mutations.py) of sources that have a unit test, one at a time, in a
copy of the tree, and runs the module's own test; where that notices nothing, all unit tests. A
mutation that leaves the object file as it was changes nothing and is not counted; nor is one that
does not compile. Those that survive are printed with their lines, to be judged by a person: some
change nothing that anyone can observe.
"""

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time

from mutations import apply, mutations

TEST_SECONDS = 60  # a test that takes longer hangs, and has noticed
MEMORY = 4 << 30  # bytes of address space of a test


def run(command, cwd, **more):
    return subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, **more)


def need(command, cwd):
    done = run(command, cwd)
    if done.returncode != 0:
        sys.exit("%s: failed\n%s" % (" ".join(command), done.stdout.decode(errors="replace")[-2000:]))
    return done.stdout.decode(errors="replace")


class Tree:
    """A copy of the sources, configured and built, in which lines can be wrong."""

    def __init__(self, source, jobs):
        self.root = tempfile.mkdtemp(prefix="vastop-mutate-")
        self.build = os.path.join(self.root, "build")
        self.jobs = "-j%d" % jobs
        names = need(["git", "ls-files", "-z"], source).split("\0")
        for name in filter(None, names):
            path = os.path.join(source, name)
            if os.path.isfile(path) and not os.path.islink(path):
                os.makedirs(os.path.dirname(os.path.join(self.root, name)), exist_ok=True)
                shutil.copy2(path, os.path.join(self.root, name))
            elif os.path.islink(path):
                os.makedirs(os.path.dirname(os.path.join(self.root, name)), exist_ok=True)
                os.symlink(os.readlink(path), os.path.join(self.root, name))
        need(["autoreconf", "-i"], self.root)
        os.mkdir(self.build)
        need(["../configure", "-q", "--disable-hardening", "--disable-dependency-tracking",
              "CFLAGS=-O1 -g0"], self.build)
        self.tests = need(["make", "-s", "print-unit-tests"], self.build).split()
        need(["make", "-s", self.jobs, "libpure.a", "libworld.a", *self.tests], self.build)

    def own_test(self, source):
        """The test of the module, or None."""
        name = "tests/unit/test_" + os.path.basename(source)[:-2]
        return name if name in self.tests else None

    def object_bytes(self, source):
        with open(os.path.join(self.build, source[:-2] + ".o"), "rb") as file:
            return file.read()

    def compile(self, source):
        name = source[:-2] + ".o"
        return run(["make", "-s", name], self.build).returncode == 0

    def fails(self, tests):
        """The first of the tests that does not pass, or None."""
        if run(["make", "-s", self.jobs, *tests], self.build).returncode != 0:
            return tests[0]
        environment = dict(os.environ, top_srcdir=self.root, top_builddir=self.build,
                           LC_ALL="C.UTF-8", TZ="UTC")

        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        for test in tests:
            try:
                done = run([os.path.join(self.build, test)], self.build, env=environment,
                           timeout=TEST_SECONDS, preexec_fn=limit)
            except subprocess.TimeoutExpired:
                return test
            if done.returncode not in (0, 77):
                return test
        return None

    def write(self, source, text):
        path = os.path.join(self.root, source)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def read(self, source):
        with open(os.path.join(self.root, source), encoding="utf-8") as file:
            return file.read()


def candidates(tree, layers):
    """(source, mutation) of each place that may be wrong, of modules that have a test."""
    found = []
    for folder, _, names in sorted(os.walk(os.path.join(tree.root, "src"))):
        for name in sorted(names):
            source = os.path.relpath(os.path.join(folder, name), tree.root)
            if not name.endswith(".c") or not tree.own_test(source):
                continue
            if layers and source.split(os.sep)[1] not in layers:
                continue
            found += [(source, m) for m in mutations(tree.read(source))]
    return found


def judge(tree, source, mutation):
    """What becomes of the mutation: "none", "own", "other" or "survived"."""
    before, text = tree.object_bytes(source), tree.read(source)
    try:
        tree.write(source, apply(text, mutation))
        if not tree.compile(source) or tree.object_bytes(source) == before:
            return "none"
        own = tree.own_test(source)
        if tree.fails([own]):
            return "own"
        return "other" if tree.fails([t for t in tree.tests if t != own]) else "survived"
    finally:
        tree.write(source, text)
        tree.compile(source)


def show(tree, source, mutation):
    text = tree.read(source)
    line = text.count("\n", 0, mutation.start) + 1
    start = text.rfind("\n", 0, mutation.start) + 1
    end = text.find("\n", mutation.end)
    print("survived: %s:%d: %s" % (source, line, mutation.sort))
    print("  -%s" % text[start:end].strip())
    print("  +%s" % (text[start:mutation.start] + mutation.text + text[mutation.end:end]).strip())


def main():
    parser = argparse.ArgumentParser(description="Asks whether the unit tests notice wrong lines.")
    parser.add_argument("source", help="the top folder of the sources")
    parser.add_argument("--count", type=int, default=90, help="mutations that change an object file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=3600, help="begin no more after so many")
    parser.add_argument("--layers", default="", help="only these folders of src, with commas")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()

    begin = time.monotonic()
    tree = Tree(options.source, options.jobs)
    counts = {"own": 0, "other": 0, "survived": 0}
    try:
        places = candidates(tree, set(filter(None, options.layers.split(","))))
        chosen = random.Random(options.seed)
        chosen.shuffle(places)
        for source, mutation in places:
            if sum(counts.values()) >= options.count or time.monotonic() - begin > options.seconds:
                break
            result = judge(tree, source, mutation)
            if result == "none":
                continue
            counts[result] += 1
            if result == "survived":
                show(tree, source, mutation)
            sys.stdout.flush()
    finally:
        shutil.rmtree(tree.root, ignore_errors=True)
    total = sum(counts.values())
    caught = counts["own"] + counts["other"]
    print("%d mutations, seed %d: %d caught by the module's own test, %d by another, %d survived: "
          "%.0f %% caught" % (total, options.seed, counts["own"], counts["other"],
                              counts["survived"], 100 * caught / total if total else 0))


if __name__ == "__main__":
    main()
