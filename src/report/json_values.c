/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json_values.h"

#include "base/format.h"
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
	char time[FORMAT_TIME_LENGTH];

	json_writer_string(writer, name, format_time(time, time_ns));
}
