#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What of the sources the tests that ran in a build folder have reached, as gcov(1) tells it.

Writes a table of the layers, and of the files that have most unreached lines; fails where the pure
layers (those of libpure.a) have less than the wanted shares of lines and of branches. Branches are
those that the compiler makes of a condition; one counts as reached when it was taken.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile


class Reached:
    """Numbers of lines and branches, and how many of them were reached."""

    def __init__(self):
        self.lines = {}  # (file, line): how often
        self.branches = {}  # (file, line, number of the branch): how often

    def add(self, name, file):
        for line in file["lines"]:
            key = (name, line["line_number"])
            self.lines[key] = self.lines.get(key, 0) + line["count"]
            for number, branch in enumerate(line["branches"]):
                key = (name, line["line_number"], number)
                self.branches[key] = self.branches.get(key, 0) + branch["count"]

    def of(self, select):
        """(reached, all) of the lines and of the branches of files that are selected."""
        lines = [count for key, count in self.lines.items() if select(key[0])]
        branches = [count for key, count in self.branches.items() if select(key[0])]
        return ((sum(map(bool, lines)), len(lines)), (sum(map(bool, branches)), len(branches)))


def read(build, source):
    """All that gcov knows of the sources below src."""
    notes = []
    for folder, _, names in os.walk(os.path.join(build, "src")):
        notes += [os.path.join(folder, name) for name in names if name.endswith(".gcda")]
    if not notes:
        sys.exit("no test has run in a build with coverage in " + build)
    reached = Reached()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["gcov", "--json-format", "--branch-probabilities"] + notes, cwd=folder,
                       stdout=subprocess.DEVNULL, check=True)
        for name in os.listdir(folder):
            with gzip.open(os.path.join(folder, name)) as packed:
                for file in json.load(packed)["files"]:
                    path = os.path.relpath(os.path.join(build, file["file"]), source)
                    if path.startswith("src/") and path.endswith(".c"):
                        reached.add(path, file)
    return reached


def share(pair):
    return 100 * pair[0] / pair[1] if pair[1] else 100.0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("build")
    parser.add_argument("source")
    parser.add_argument("pure", help="sources of the pure layers, separated by spaces")
    parser.add_argument("--lines", type=float, default=95, help="wanted of 100")
    parser.add_argument("--branches", type=float, default=85, help="wanted of 100")
    parser.add_argument("--files", type=int, default=15, help="to list")
    options = parser.parse_args()
    reached = read(os.path.abspath(options.build), os.path.abspath(options.source))
    pure = set(options.pure.split())
    files = sorted({key[0] for key in reached.lines})
    layers = sorted({name.split("/")[1] for name in files})

    def row(title, select):
        lines, branches = reached.of(select)
        print("%-28s %6d lines %5.1f %%  %6d branches %5.1f %%" % (
            title, lines[1], share(lines), branches[1], share(branches)))
        return share(lines), share(branches)

    for layer in layers:
        row(layer, lambda name, layer=layer: name.split("/")[1] == layer)
    print()
    missed = sorted(files, key=lambda name: reached.of(lambda other: other == name)[0][0]
                    - reached.of(lambda other: other == name)[0][1])
    for name in [name for name in missed if name in pure][:options.files]:
        row(name[4:], lambda other, name=name: other == name)
    print()
    lines, branches = row("the pure layers", lambda name: name in pure)
    if lines < options.lines or branches < options.branches:
        print("wanted: lines %.0f %%, branches %.0f %%" % (options.lines, options.branches))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
