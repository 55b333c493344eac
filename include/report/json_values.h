/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_JSON_VALUES_H
#define REPORT_JSON_VALUES_H

/*
 * The values that all JSON of vastop is made of. Most functions return a new jansson value, which
 * the caller puts into an object or array (the "_new" functions take it over) or drops with
 * json_decref().
 */

#include <jansson.h>
#include <stdint.h>

struct text;

/* A string of any bytes: what is not UTF-8 stands as \xNN, four ASCII characters each. */
json_t *json_values_string(const char *bytes);

/* A number; above 2^63 - 1 (offsets of some devices), which jansson's integers end at, a real. */
json_t *json_values_number(uint64_t number);

/* The number; null for TARGET_UNKNOWN (model/target.h). */
json_t *json_values_number_or_null(uint64_t number);

/* "0x…", as no integer of JSON safely holds 64 bits. */
json_t *json_values_address(uint64_t address);

/*
 * Appends the value as JSON to the text; each line after the first is indented by so many blanks
 * more than the flags (of json_dumps()) say. ASCII, and safe on a terminal: jansson escapes other
 * control characters, but not DEL. Returns 0, or -EINVAL when there is no such value.
 */
int json_values_append(struct text *text, const json_t *value, size_t flags, int indent);

/* Has jansson take its memory from base/memory.h: what it asks for, it gets. */
void json_values_take_memory(void);

/* CLOCK_REALTIME nanoseconds as RFC 3339 in UTC with milliseconds: "2026-10-19T10:41:07.123Z". */
json_t *json_values_time(int64_t time_ns);

#endif
