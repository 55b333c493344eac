# SPDX-License-Identifier: GPL-2.0-or-later
"""A copy of the tree, built so that one wrong line costs one compilation and one link; it is kept
for the next time.

All of vastop's modules are in one shared library, against which the unit tests are linked. A mutant
is the same library with one other object in it; the tests stay as they are, and find it by the path
of libraries. Tests run in a namespace of processes where the kernel lets us, as a wrong line may
send a signal to all.
"""

import filecmp
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time

LIBRARY = "libvastop.so"
MEMORY = 4 << 30  # bytes of address space of a test
TEST_SECONDS = 60  # of a test without a mutation
NAMESPACE = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]
PASSED = (0, 77)  # the second: skipped


def run(command, cwd, **more):
    return subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, **more)


def need(command, cwd):
    done = run(command, cwd)
    if done.returncode != 0:
        sys.exit("%s: failed\n%s" % (" ".join(command), done.stdout.decode(errors="replace")[-2000:]))
    return done.stdout.decode(errors="replace")


def is_same(path, copy):
    return os.path.lexists(copy) and (os.path.islink(path) or filecmp.cmp(path, copy, False))


class Tree:
    """The sources: what git tracks, as it is now, in a folder that may have an older copy."""

    def __init__(self, source, folder):
        self.root = os.path.abspath(folder)
        for name in filter(None, need(["git", "ls-files", "-z"], source).split("\0")):
            path, copy = os.path.join(source, name), os.path.join(self.root, name)
            if os.path.lexists(path) and not is_same(path, copy):
                os.makedirs(os.path.dirname(copy), exist_ok=True)
                shutil.copy(path, copy, follow_symlinks=False)
        if not os.path.exists(os.path.join(self.root, "configure")):
            need(["autoreconf", "-i"], self.root)

    def read(self, source):
        with open(os.path.join(self.root, source), encoding="utf-8") as file:
            return file.read()

    def sources(self):
        for folder, _, names in sorted(os.walk(os.path.join(self.root, "src"))):
            for name in sorted(names):
                if name.endswith(".c"):
                    yield os.path.relpath(os.path.join(folder, name), self.root)


class Build:
    """One build of the tree: the objects of its modules, and unit tests, each built when it is
    first asked for and then once run without a mutation."""

    def __init__(self, tree, name, jobs, flags, sanitizers=False):
        self.tree = tree
        self.folder = os.path.join(tree.root, name)
        self.jobs = "-j%d" % jobs
        self.sanitizers = sanitizers
        self.flags = next(flag[len("CFLAGS="):] for flag in flags if flag.startswith("CFLAGS="))
        os.makedirs(self.folder, exist_ok=True)
        if not os.path.exists(os.path.join(self.folder, "Makefile")):
            need(["../configure", "-q", "--disable-hardening", *flags], self.folder)
        self.make("libpure.a", "libworld.a")
        printed = self.make("print-mutate").split("\n")
        self.compile_words, self.libraries = printed[0].split(), printed[1].split()
        self.tests, self.targets = printed[2].split(), printed[3].split()
        self.objects = sorted(
            os.path.relpath(os.path.join(folder, name), self.folder)
            for folder, _, names in os.walk(os.path.join(self.folder, "src"))
            for name in names if name.endswith(".o") and name != "main.o" and "-" not in name)
        if not self.link(os.path.join(self.folder, LIBRARY), self.objects):
            sys.exit("the shared library cannot be linked")
        self.make_programs("vastop", *self.targets)
        self.wrapper = NAMESPACE if run(NAMESPACE + ["true"], "/").returncode == 0 else []
        self.seconds = {}  # that each test takes; None: it fails without a mutation
        self.lock = threading.Lock()

    def make(self, *words):
        return need(["make", "-s", "--no-print-directory", self.jobs, *words], self.folder)

    def make_programs(self, *names):
        # Tests of what reads debug information read their own.
        libraries = "-Wl,--no-as-needed -Wl,-rpath,%s %s %s" % (
            "'$$ORIGIN'", os.path.join(self.folder, LIBRARY), " ".join(self.libraries))
        self.make(*names, "vastop_LDADD=" + libraries,
                  "CFLAGS=" + self.flags.replace("-g0", "-g"))

    def link(self, library, objects):
        more = ["-fsanitize=address,undefined"] if self.sanitizers else []
        return run(["cc", "-shared", *more, "-o", library, "-Wl,-soname," + LIBRARY, *objects,
                    *self.libraries], self.folder).returncode == 0

    def compile(self, path, output, warnings="-Werror"):
        return run([*self.compile_words, warnings, "-ffile-prefix-map=%s/=" % os.path.dirname(path),
                    "-c", "-o", output, path], self.folder).returncode == 0

    def needs(self):
        """Which objects of the library each test needs, as an archive would be linked."""
        defined, wanted, needs = {}, {}, {}
        for name in self.objects:
            wanted[name] = set()
            for line in need(["nm", "-P", name], self.folder).splitlines():
                symbol, sort = line.split()[:2]
                if sort == "U":
                    wanted[name].add(symbol)
                elif sort.isupper():
                    defined[symbol] = name
        for test in self.tests:
            found = set()
            left = {line.split()[0] for line in
                    need(["nm", "-D", "-P", "-u", test], self.folder).splitlines()}
            while left:
                name = defined.get(left.pop())
                if name and name not in found:
                    found.add(name)
                    left |= wanted[name]
            needs[test] = found
        return needs

    def limit(self):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # A sanitizer's shadow of memory is larger than any limit.
        if not self.sanitizers:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def run_test(self, test, library_folder, seconds):
        """Whether it passes within so many seconds."""
        suppressions = os.path.join(self.tree.root, "tests", "lsan.supp")
        environment = dict(
            os.environ, top_srcdir=self.tree.root, top_builddir=self.folder, LC_ALL="C.UTF-8",
            TZ="UTC", LD_LIBRARY_PATH=library_folder, MALLOC_PERTURB_="165",
            SANITIZER_FLAGS="-fsanitize=address,undefined" if self.sanitizers else "",
            LSAN_OPTIONS="suppressions=%s:print_suppressions=0" % suppressions)
        # As unit_tap.sh does; and the first process of a namespace ignores signals.
        command = [*self.wrapper, "sh", "-c", '"$@" <&-; exit $?', "sh",
                   os.path.join(self.folder, test)]
        child = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 env=environment, preexec_fn=self.limit, start_new_session=True)
        try:
            return child.wait(timeout=seconds) in PASSED
        except subprocess.TimeoutExpired:
            return False
        finally:
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            child.wait()

    def time_of(self, test):
        """Seconds that it takes without a mutation; None where it fails then."""
        with self.lock:
            if test not in self.seconds:
                self.make_programs(test)
                self.seconds[test] = None
                # Twice, as the first time something else may keep the machine busy.
                for _ in range(2):
                    begin = time.monotonic()
                    if self.run_test(test, self.folder, TEST_SECONDS):
                        self.seconds[test] = time.monotonic() - begin
                        break
            return self.seconds[test]

    def own_tests(self, source):
        """Those of the module: of its name, and with a word added."""
        stem = "tests/unit/test_" + os.path.basename(source)[:-2]
        modules = {os.path.basename(name)[:-2] for name in self.objects}
        return [test for test in self.tests if test == stem or (
            test.startswith(stem + "_") and os.path.basename(test)[5:] not in modules)]


def nearness(source, test):
    """How many words of the module's name are in that of the test."""
    words = set(re.split("[_.]", os.path.basename(source)[:-2]))
    return len(words & set(os.path.basename(test).split("_")))
