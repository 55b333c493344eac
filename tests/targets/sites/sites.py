# SPDX-License-Identifier: GPL-2.0-or-later
"""The same as sites.c in Python; started with -X perf."""

import ctypes
import time

PAGE = 4096
PAGES = 64


def touch_by_bytes():
    return bytearray(6 * PAGES * PAGE)


def touch_by_list():
    return [None] * (3 * PAGES * PAGE // 8)


def touch_by_string():
    return "x" * (PAGES * PAGE)


def serve():
    kept = [touch_by_bytes(), touch_by_list(), touch_by_string()]
    del kept
    time.sleep(0.02)


libc = ctypes.CDLL(None)
libc.prctl(1, 9, 0, 0, 0)  # PR_SET_PDEATHSIG
libc.prctl(41, 1, 0, 0, 0)  # PR_SET_THP_DISABLE
libc.mallopt(-3, 16 * PAGE)  # M_MMAP_THRESHOLD
print("ready", flush=True)
while True:
    serve()
