/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

/*
 * A snapshot as one JSON object, schema "vastop.snapshot/1", for programs. Sizes are in bytes,
 * addresses "0x…" strings, unknown values null. Bytes of names that are not UTF-8 stand as \xNN
 * (four ASCII characters each), so that the output always is valid JSON (RFC 8259), and what is
 * not ASCII as \uNNNN, so that it is harmless on a terminal. The keys are described in vastop(1).
 */

#include <stdio.h>

struct address_space;

/* Writes the object and a newline to the stream. Returns 0, or -EIO when writing failed. */
int json_write_snapshot(FILE *stream, const struct address_space *space);

#endif
