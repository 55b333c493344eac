/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json_values.h"

#include <stdio.h>
#include <time.h>

#include "base/json_writer.h"
#include "model/target.h"
#include "model/vma.h"

void json_values_number(struct json_writer *writer, const char *name, uint64_t number)
{
	if (number == TARGET_UNKNOWN)
		json_writer_null(writer, name);
	else
		json_writer_number(writer, name, number);
}

void json_values_string(struct json_writer *writer, const char *name, const char *bytes)
{
	if (bytes)
		json_writer_string(writer, name, bytes);
	else
		json_writer_null(writer, name);
}

void json_values_tid(struct json_writer *writer, const char *name, int32_t tid)
{
	if (tid)
		json_writer_signed(writer, name, tid);
	else
		json_writer_null(writer, name);
}

void json_values_perms(struct json_writer *writer, const char *name, uint8_t perms)
{
	const struct vma vma = {.perms = perms};
	char out[PERMS_LENGTH];

	json_writer_string(writer, name, vma_perms(&vma, out));
}

void json_values_time(struct json_writer *writer, const char *name, int64_t time_ns)
{
	time_t seconds = (time_t)(time_ns / 1000000000);
	char text[40];
	struct tm tm;
	size_t length;

	gmtime_r(&seconds, &tm);
	length = strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text + length, sizeof(text) - length, ".%03dZ", (int)(time_ns / 1000000 % 1000));
	json_writer_string(writer, name, text);
}
