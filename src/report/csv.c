/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/csv.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

/* RFC 4180, 2.5 to 2.7. */
static void append_value(struct text *record, const struct text *value)
{
	const char *bytes = value->bytes;

	if (value->length == 0 || strcspn(bytes, ",\"\r\n") == value->length) {
		text_append_bytes(record, bytes, value->length);
		return;
	}
	text_append_char(record, '"');
	for (size_t i = 0; i < value->length; i++) {
		if (bytes[i] == '"')
			text_append_char(record, '"');
		text_append_char(record, bytes[i]);
	}
	text_append_char(record, '"');
}

/* Ends the record. A single empty value gets quotes: readers skip empty lines. */
static void write_record(const struct csv *csv, struct text *record)
{
	if (record->length == 0)
		text_append(record, "\"\"");
	text_append(record, "\r\n");
	fwrite(record->bytes, 1, record->length, csv->stream);
	text_clear(record);
}

static void append_number(struct text *record, enum field field, uint64_t number)
{
	if (field_type(field) == FIELD_ADDRESS)
		text_append_format(record, "0x%" PRIx64, number);
	else if (field_type(field) == FIELD_DELTA)
		text_append_format(record, "%" PRId64, (int64_t)number);
	else
		text_append_format(record, "%" PRIu64, number);
}

static void append_text(const struct csv *csv, struct text *record, enum field field,
			const struct field_subject *subject)
{
	struct text value = {0}, escaped = {0};

	field_append(field, subject, &value);
	if (csv->escaped) {
		utf8_append_escaped(&escaped, text_string(&value), value.length);
		append_value(record, &escaped);
	} else {
		append_value(record, &value);
	}
	text_finish(&value);
	text_finish(&escaped);
}

static void append_mapping(const struct csv *csv, struct text *record,
			   const struct field_subject *subject)
{
	for (size_t i = 0; i < csv->fields->count; i++) {
		enum field field = csv->fields->fields[i];
		uint64_t number;

		if (i)
			text_append_char(record, ',');
		if (field_type(field) == FIELD_TEXT)
			append_text(csv, record, field, subject);
		else if (field_number(field, subject, &number))
			append_number(record, field, number);
	}
}

static void append_sums(const struct csv *csv, struct text *record, const struct report_sums *sums)
{
	const char *word = "total";

	for (size_t i = 0; i < csv->fields->count; i++) {
		enum field field = csv->fields->fields[i];

		if (i)
			text_append_char(record, ',');
		if (!report_is_summed(field)) {
			text_append(record, word);
			word = "";
		} else if (!sums->of[field].unknown) {
			append_number(record, field, sums->of[field].number);
		}
	}
}

void csv_write_heading(const struct csv *csv)
{
	struct text record = {0};

	for (size_t i = 0; i < csv->fields->count; i++)
		text_append_format(&record, "%s%s", i ? "," : "",
				   field_name(csv->fields->fields[i]));
	write_record(csv, &record);
	text_finish(&record);
}

void csv_write(const struct csv *csv, const struct report_part *parts, size_t count)
{
	struct report_sums sums = {0};
	struct report_walk walk;
	struct text record = {0};

	report_walk_init(&walk, parts, count);
	while (report_walk_next(&walk) && !ferror(csv->stream)) {
		append_mapping(csv, &record, &walk.subject);
		write_record(csv, &record);
		report_sums_add(&sums, csv->fields, &walk.subject);
	}
	append_sums(csv, &record, &sums);
	write_record(csv, &record);
	text_finish(&record);
}
