/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_CLASSIFY_SANITIZER_H
#define MODEL_CLASSIFY_SANITIZER_H

/*
 * The memory of the sanitizers of clang and gcc on x86-64, which lies at fixed addresses: shadows
 * of terabytes, and the heap of their common allocator. compiler-rt: lib/asan/asan_mapping.h,
 * lib/tsan/rtl/tsan_platform.h, lib/msan/msan.h, and the allocators of each.
 */

#include <stddef.h>

struct vma;

/* Sets the runtime, and how it is known, of what of the VMAs is a sanitizer's; kinds are known. */
void classify_sanitizer(struct vma *vmas, size_t count);

#endif
