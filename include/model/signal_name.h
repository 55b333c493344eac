/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_SIGNAL_NAME_H
#define MODEL_SIGNAL_NAME_H

/* What signals are called: signal(7). */

#include <stdint.h>

#define SIGNAL_NAME_LENGTH 24

/* "SIGSEGV", else "signal 34"; in static memory, or in out. */
const char *signal_name(int32_t number, char out[static SIGNAL_NAME_LENGTH]);

#endif
