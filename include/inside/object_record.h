/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_OBJECT_RECORD_H
#define INSIDE_OBJECT_RECORD_H

/*
 * An object (inside/inside_object.h) as bytes, for another process of the same program: who reads
 * a file, which is hostile and may lie in a file system that hangs, is a child process. Its bytes
 * are checked all the same.
 */

#include <stddef.h>

struct inside_object;
struct text;

void object_record_append(struct text *bytes, const struct inside_object *object);

/*
 * Makes the object of length bytes. Returns 0 and sets *ret_object, which begins
 * with one reference; or -EBADMSG.
 */
int object_record_read(const char *bytes, size_t length, struct inside_object **ret_object);

#endif
