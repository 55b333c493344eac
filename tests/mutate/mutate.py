#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Asks whether the unit tests notice wrong lines.

Takes seeded random mutations (mutations.py) of the sources that have a unit test, one at a time, and
runs the module's own tests; where these notice nothing, the other unit tests that the module is
linked into, and its own with the sanitizers, as the suite runs them, too. A mutation that does not
compile without a warning, or leaves the optimised object as it was, is not counted. A test that fails or does not end
has noticed, if it passes again without the mutation.

Each mutation and its end is a line of the log, in JSON; those that survive are printed with their
lines, to be judged by a person: some change nothing that anyone can observe.
"""

import argparse
import concurrent.futures
import json
import os
import queue
import random
import sys
import time

from build import LIBRARY, Build, Tree, nearness
from mutations import apply, mutations


class Place:
    """A mutation of a source, and what is said of it."""

    def __init__(self, tree, source, mutation):
        text = tree.read(source)
        start = text.rfind("\n", 0, mutation.start) + 1
        end = text.find("\n", mutation.end)
        self.source = source
        self.mutation = mutation
        self.said = {
            "source": source,
            "line": text.count("\n", 0, mutation.start) + 1,
            "sort": mutation.sort,
            "before": text[start:end].strip(),
            "after": (text[start:mutation.start] + mutation.text + text[mutation.end:end]).strip(),
        }

    def key(self):
        return tuple(self.said[name] for name in ("source", "before", "after"))

    def show(self):
        print("survived: %(source)s:%(line)d: %(sort)s\n  -%(before)s\n  +%(after)s" % self.said)


class Mill:
    """Where mutants are made: as many folders as there are made at once."""

    def __init__(self, tree, options):
        self.tree = tree
        self.other_seconds = options.other_seconds
        self.plain = Build(tree, "build", options.jobs, ["CFLAGS=-O2 -g0 -fPIC"])
        self.sanitized = Build(tree, "build-sanitized", options.jobs,
                               ["--enable-sanitizers", "CFLAGS=-O1 -g1 -fPIC"], True)
        self.plain.make_programs(*self.plain.tests)
        self.needs = self.plain.needs()
        self.folders = queue.Queue()
        for number in range(options.jobs):
            folder = os.path.join(tree.root, "mutant-%d" % number)
            os.makedirs(folder, exist_ok=True)
            self.folders.put(folder)

    def make(self, build, place, folder):
        """Whether there is another library, with the mutant in it, in the folder."""
        text = self.tree.read(place.source)
        name = place.source[:-2] + ".o"
        path = os.path.join(folder, os.path.basename(place.source))
        output, contents, warnings = path[:-2] + ".o", [], "-Werror"
        for version in (text, apply(text, place.mutation)):
            with open(path, "w", encoding="utf-8") as file:
                file.write(version)
            if not build.compile(path, output, warnings):
                # What is warned of although it is right is no sign.
                warnings = "-w"
                if contents or not build.compile(path, output, warnings):
                    return False
            with open(output, "rb") as file:
                contents.append(file.read())
        return contents[0] != contents[1] and build.link(
            os.path.join(folder, LIBRARY),
            [output if other == name else other for other in build.objects])

    @staticmethod
    def first_to_notice(build, tests, folder, end=None):
        """The first test that fails with the mutant, and passes without; None: none until then."""
        for test in tests:
            if end and time.monotonic() > end:
                return None
            alone = build.time_of(test)
            if alone is None:
                continue
            seconds = 10 + 20 * alone
            if not build.run_test(test, folder, seconds) and \
                    build.run_test(test, build.folder, seconds):
                return test
        return None

    def other_tests(self, source):
        """Those that the module is linked into, the nearest and quickest first."""
        own = self.plain.own_tests(source)
        tests = [test for test in self.plain.tests
                 if test not in own and source[:-2] + ".o" in self.needs[test]]
        return sorted(tests, key=lambda test: (
            -nearness(source, test), self.plain.seconds.get(test) or 0))

    def judge_in(self, folder, place):
        if not self.make(self.plain, place, folder):
            return "none", None
        own = self.plain.own_tests(place.source)
        test = self.first_to_notice(self.plain, own, folder)
        if test:
            return "own", test
        end = time.monotonic() + self.other_seconds
        test = self.first_to_notice(self.plain, self.other_tests(place.source), folder, end)
        if test:
            return "other", test
        if self.make(self.sanitized, place, folder):
            test = self.first_to_notice(self.sanitized, own, folder)
        return ("sanitized", test) if test else ("survived", None)

    def judge(self, place):
        """What becomes of it, and the test that noticed: "none" (it changes nothing), "own",
        "other", "sanitized" (its own test, with the sanitizers) or "survived"."""
        folder = self.folders.get()
        try:
            return self.judge_in(folder, place)
        finally:
            self.folders.put(folder)


def candidates(mill, only):
    """Each place that may be wrong, of modules that have a test of their own."""
    for source in mill.tree.sources():
        if source[:-2] + ".o" not in mill.plain.objects or not mill.plain.own_tests(source):
            continue
        if only and not any(source == what or source.startswith(what.rstrip("/") + "/")
                            for what in only):
            continue
        for mutation in mutations(mill.tree.read(source)):
            yield source, mutation


def chosen(mill, options):
    """The places in the order of the seed."""
    places = list(candidates(mill, options.only))
    random.Random(options.seed).shuffle(places)
    places = (Place(mill.tree, *place) for place in places)
    if not options.again:
        return places
    with open(options.again, encoding="utf-8") as file:
        said = [json.loads(line) for line in file]
    keys = {tuple(one[name] for name in ("source", "before", "after"))
            for one in said if one.get("result") == "survived"}
    return (place for place in places if place.key() in keys)


def go_through(mill, options, log):
    """Judges so many; returns how many became what."""
    counts = {"own": 0, "other": 0, "sanitized": 0, "survived": 0}
    begin = time.monotonic()
    places = chosen(mill, options)
    waiting = {}
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        while True:
            wanted = options.count - sum(counts.values()) - len(waiting)
            while wanted > 0 and len(waiting) < options.jobs and \
                    time.monotonic() - begin < options.seconds:
                place = next(places, None)
                if not place:
                    break
                waiting[pool.submit(mill.judge, place)] = place
                wanted -= 1
            if not waiting:
                return counts
            done, _ = concurrent.futures.wait(
                waiting, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                place = waiting.pop(future)
                result, test = future.result()
                log.write(json.dumps(dict(place.said, result=result, test=test)) + "\n")
                log.flush()
                if result in counts:
                    counts[result] += 1
                if result == "survived":
                    place.show()
                    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description="Asks whether the unit tests notice wrong lines.")
    parser.add_argument("source", help="the top folder of the sources")
    parser.add_argument("folder", help="for a copy of them, which is kept")
    parser.add_argument("--count", type=int, default=90, help="mutations that change an object file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=3600, help="begin no more after so many")
    parser.add_argument("--other-seconds", type=int, default=20,
                        help="for tests other than the module's own, of a mutation")
    parser.add_argument("--log", default=os.devnull, help="a line for each mutation, in JSON")
    parser.add_argument("--again", help="only the survivors of this log")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--wanted", type=float, default=0, help="percent that must be caught")
    parser.add_argument("only", nargs="*", help="folders and files below the top; default: all")
    options = parser.parse_args()

    mill = Mill(Tree(options.source, options.folder), options)
    with open(options.log, "w", encoding="utf-8") as log:
        counts = go_through(mill, options, log)
    useless = sorted(test for test, seconds in mill.plain.seconds.items() if seconds is None)
    if useless:
        print("not asked, as they fail without a mutation: " + " ".join(useless))
    total = sum(counts.values())
    share = 100 * (total - counts["survived"]) / total if total else 0
    print("%d mutations, seed %d: %d caught by the module's own test, %d by it with sanitizers, %d "
          "by another, %d survived: %.1f %% caught" % (
              total, options.seed, counts["own"], counts["sanitized"], counts["other"],
              counts["survived"], share))
    return 1 if not total or share < options.wanted else 0


if __name__ == "__main__":
    sys.exit(main())
