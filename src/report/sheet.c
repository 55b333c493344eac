/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/sheet.h"

#include <inttypes.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"

/* Columns of each field of the list. */
struct widths {
	size_t columns[FIELD_COUNT];
};

static bool is_right(enum field field)
{
	return field_type(field) != FIELD_TEXT;
}

static void append_number(struct text *cell, enum field field, uint64_t number)
{
	char size[FORMAT_SIZE_LENGTH];
	int64_t delta = (int64_t)number;

	switch (field_type(field)) {
	case FIELD_ADDRESS: text_append_format(cell, "%" PRIx64, number); break;
	case FIELD_BYTES: text_append(cell, format_size(size, number)); break;
	case FIELD_DELTA:
		text_append(cell, delta > 0 ? "+" : delta < 0 ? "-" : "");
		text_append(cell, format_size(size, delta < 0 ? -number : number));
		break;
	default: text_append_format(cell, "%" PRIu64, number);
	}
}

static void append_mapping(struct text *cell, const struct sheet *sheet, enum field field,
			   const struct field_subject *subject)
{
	struct text bytes = {0};
	uint64_t number;

	if (field_type(field) == FIELD_TEXT) {
		field_append(field, subject, &bytes);
		utf8_append_escaped(cell, text_string(&bytes), bytes.length);
		text_finish(&bytes);
	} else if (field_number(field, subject, &number)) {
		append_number(cell, field, number);
	}
	if (cell->length == 0 && field != FIELD_NAME)
		text_append(cell, sheet->ascii ? "-" : "–");
}

/* label: "total" where no field before took it. */
static void append_sum(struct text *cell, const struct sheet *sheet, enum field field,
		       const struct report_sums *sums, const char **label)
{
	if (report_is_summed(field) && sums->of[field].unknown) {
		text_append(cell, sheet->ascii ? "-" : "–");
	} else if (report_is_summed(field)) {
		append_number(cell, field, sums->of[field].number);
	} else if (**label) {
		text_append(cell, *label);
		*label = "";
	} else if (field == FIELD_NAME) {
		text_append_format(cell, "%" PRIu64 " mapping%s", sums->mappings,
				   sums->mappings == 1 ? "" : "s");
	}
}

static void widen(size_t *columns, const struct text *cell)
{
	size_t width = utf8_columns(text_string(cell));

	if (width > *columns)
		*columns = width;
}

/* Appends a cell to the line, blanks before or behind it; none behind the last. */
static void append_cell(struct text *line, const struct sheet *sheet, const struct widths *widths,
			size_t index, const char *cell)
{
	size_t width = utf8_columns(cell), columns = widths->columns[index];
	int blanks = (int)(width < columns ? columns - width : 0);
	bool right = is_right(sheet->fields->fields[index]);

	if (right)
		text_append_format(line, "%*s%s", blanks, "", cell);
	else if (index + 1 < sheet->fields->count)
		text_append_format(line, "%s%*s", cell, blanks, "");
	else
		text_append(line, cell);
	text_append(line, index + 1 < sheet->fields->count ? "  " : "");
}

static void write_line(const struct sheet *sheet, struct text *line)
{
	while (line->length && line->bytes[line->length - 1] == ' ')
		line->length--;
	text_append_char(line, '\n');
	fwrite(line->bytes, 1, line->length, sheet->stream);
	text_clear(line);
}

/* How wide the columns are; adds the mappings up meanwhile. */
static void measure(const struct sheet *sheet, const struct report_part *parts, size_t count,
		    struct widths *ret_widths, struct report_sums *ret_sums)
{
	const struct field_list *fields = sheet->fields;
	struct widths widths = {0};
	struct report_sums sums = {0};
	const char *label = "total";
	struct report_walk walk;
	struct text cell = {0};

	report_walk_init(&walk, parts, count);
	while (report_walk_next(&walk)) {
		for (size_t i = 0; i < fields->count; i++) {
			append_mapping(&cell, sheet, fields->fields[i], &walk.subject);
			widen(&widths.columns[i], &cell);
			text_clear(&cell);
		}
		report_sums_add(&sums, fields, &walk.subject);
	}
	for (size_t i = 0; i < fields->count; i++) {
		append_sum(&cell, sheet, fields->fields[i], &sums, &label);
		widen(&widths.columns[i], &cell);
		text_clear(&cell);
		text_append(&cell, field_name(fields->fields[i]));
		widen(&widths.columns[i], &cell);
		text_clear(&cell);
	}
	text_finish(&cell);
	*ret_widths = widths;
	*ret_sums = sums;
}

void sheet_write(const struct sheet *sheet, const struct report_part *parts, size_t count)
{
	const struct field_list *fields = sheet->fields;
	const char *label = "total";
	struct report_walk walk;
	struct report_sums sums;
	struct widths widths;
	struct text line = {0}, cell = {0};

	measure(sheet, parts, count, &widths, &sums);
	for (size_t i = 0; i < fields->count; i++)
		append_cell(&line, sheet, &widths, i, field_name(fields->fields[i]));
	write_line(sheet, &line);
	report_walk_init(&walk, parts, count);
	while (report_walk_next(&walk) && !ferror(sheet->stream)) {
		for (size_t i = 0; i < fields->count; i++) {
			append_mapping(&cell, sheet, fields->fields[i], &walk.subject);
			append_cell(&line, sheet, &widths, i, text_string(&cell));
			text_clear(&cell);
		}
		write_line(sheet, &line);
	}
	for (size_t i = 0; i < fields->count; i++) {
		append_sum(&cell, sheet, fields->fields[i], &sums, &label);
		append_cell(&line, sheet, &widths, i, text_string(&cell));
		text_clear(&cell);
	}
	write_line(sheet, &line);
	text_finish(&line);
	text_finish(&cell);
}
