/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_RUNTIME_NAME_H
#define MODEL_RUNTIME_NAME_H

/*
 * The names that runtimes and allocators give to their anonymous memory: prctl(2),
 * PR_SET_VMA_ANON_NAME. Any program can give any name, and kernels without CONFIG_ANON_VMA_NAME
 * show none.
 */

#include "model/runtime.h"

/* Whose memory has the name, as maps shows it: "[anon: Go: heap]"; RUNTIME_NONE: not known. */
enum runtime runtime_name_find(const char *name);

#endif
