/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_EVENT_H
#define REPORT_EVENT_H

/*
 * One change of the address space (model/change.h) as a line: for programs and for people. And
 * what of the changes may be missed (model/coverage.h).
 */

#include <stdbool.h>
#include <stdint.h>

struct change;
struct coverage;
struct text;

/*
 * Appends the change as one JSON object on one line: "time" (RFC 3339, UTC), "change", "start",
 * "end", "old_start", "old_end" ("0x…"), "size", "delta" (bytes), "perms", "old_perms" ("rw-p"),
 * "name", "kind". Null stands for what does not exist: no range now (unmapped) or before (mapped);
 * of exec and exit all but time, change and name. Bytes of names are treated as in report/json.h.
 */
void event_append_json(struct text *text, const struct change *change);

/*
 * Appends the change as one line without a newline, in columns:
 *
 *   10:41:07.123  grew       55b5f7c8d000-55b5f7e87000  rw-p  +132K    [heap]
 *   10:41:08.001  protected  7f83a9100000-7f83a9110000  rw-p → rwxp    w+x  anonymous
 *
 * the range being the one that is there now (of unmapped: that went), the amount with a sign what
 * came or went and without one the size, and w+x standing for memory that is writable and
 * executable now. time comes as the caller wants it (local time, which is not known here); names
 * are escaped for the screen. ascii asks for "->" in place of the arrow.
 */
void event_append_line(struct text *text, const struct change *change, const char *time,
		       bool ascii);

/*
 * What may be missed from now on, as a line in between: an object with the same fields, null but
 * for "time" and "change", which is "coverage", and with one more: "seen_from", an object of the
 * seconds that a change must last to be seen for certain: "size" (of what is mapped, unmapped,
 * grows, shrinks), "execute", "read-write" (permissions), "moved".
 */
void event_append_coverage_json(struct text *text, const struct coverage *coverage,
				int64_t time_ns);

/* The same in words, without a newline, with the time as for event_append_line(). */
void event_append_coverage(struct text *text, const struct coverage *coverage, const char *time);

#endif
