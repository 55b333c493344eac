/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_JSON_VALUES_H
#define REPORT_JSON_VALUES_H

/*
 * The values that all JSON of vastop is made of, beside those of base/json_writer.h, of which name
 * is as there. Null stands for what is not known, or does not exist.
 */

#include <stdint.h>

struct json_writer;

/* The number; null for TARGET_UNKNOWN (model/target.h). */
void json_values_number(struct json_writer *writer, const char *name, uint64_t number);

/* The string; null for NULL. */
void json_values_string(struct json_writer *writer, const char *name, const char *bytes);

/* The ID of a thread; null for 0. */
void json_values_tid(struct json_writer *writer, const char *name, int32_t tid);

/* Permissions, PERM_... of model/vma.h, as maps has them: "rw-p". */
void json_values_perms(struct json_writer *writer, const char *name, uint8_t perms);

/* CLOCK_REALTIME nanoseconds as RFC 3339 in UTC with milliseconds: "2026-10-19T10:41:07.123Z". */
void json_values_time(struct json_writer *writer, const char *name, int64_t time_ns);

#endif
