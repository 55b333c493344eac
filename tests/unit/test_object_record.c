/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "elf_maker.h"
#include "inside/elf_segments.h"
#include "inside/inside_object.h"
#include "inside/object_reader.h"
#include "inside/object_record.h"

static struct inside_object *make(void)
{
	const struct object_wish wish = {.demangle = true};
	struct inside_object *object;
	struct elf_image *image;
	struct file_reader file;
	struct elf_maker maker;

	elf_maker_init(&maker, false, false);
	elf_maker_add_symbol(&maker, (struct maker_symbol){"main", 0x400, 0x20,
							   ELF64_ST_INFO(STB_GLOBAL, STT_FUNC),
							   MAKER_TEXT});
	elf_maker_add_symbol(&maker, (struct maker_symbol){"counter", 0x2190, 8,
							   ELF64_ST_INFO(STB_LOCAL, STT_OBJECT),
							   MAKER_BSS});
	elf_maker_add_symbol(&maker, (struct maker_symbol){"_Z3foov", 0x420, 8,
							   ELF64_ST_INFO(STB_GLOBAL, STT_FUNC),
							   MAKER_TEXT});
	file = elf_maker_reader(&maker);
	assert_int_equal(elf_segments_read(&file, &image), 0);
	assert_int_equal(object_reader_read(&file, image, &wish, &object), 0);
	elf_segments_free(image);
	return object;
}

static void an_object_goes_through_a_pipe(void **state)
{
	struct inside_object *object = make(), *again;
	struct text record = {0};

	(void)state;
	object_record_append(&record, object);
	assert_int_equal(object_record_read(record.bytes, record.length, &again), 0);
	assert_int_equal(again->sections.count, object->sections.count);
	for (size_t i = 0; i < object->sections.count; i++) {
		const struct inside_section *a = &object->sections.sections[i];
		const struct inside_section *b = &again->sections.sections[i];

		assert_string_equal(a->name, b->name);
		assert_int_equal(a->start, b->start);
		assert_int_equal(a->end, b->end);
		assert_int_equal(a->type, b->type);
		assert_int_equal(a->flags, b->flags);
		assert_int_equal(a->offset, b->offset);
		assert_int_equal(a->nobits, b->nobits);
		assert_int_equal(a->kind, b->kind);
	}
	assert_int_equal(again->symbols.symbol_count, 3);
	assert_string_equal(symbol_list_at(&again->symbols, 0x2197)->name, "counter");
	assert_int_equal(symbol_list_at(&again->symbols, 0x2197)->kind, INSIDE_VARIABLE);
	assert_string_equal(again->symbols.symbols[1].name, "_Z3foov");
	assert_string_equal(again->symbols.symbols[1].shown, object->symbols.symbols[1].shown);
	assert_int_equal(again->source, INSIDE_SOURCE_SYMTAB);
	assert_null(again->debug_path);
	inside_object_unref(again);
	inside_object_unref(object);
	text_finish(&record);
}

static void every_shorter_record_is_refused(void **state)
{
	struct inside_object *object = make(), *again = NULL;
	struct text record = {0};

	(void)state;
	object_record_append(&record, object);
	for (size_t length = 0; length < record.length; length++)
		assert_int_equal(object_record_read(record.bytes, length, &again), -EBADMSG);
	text_append_char(&record, 'x');
	assert_int_equal(object_record_read(record.bytes, record.length, &again), -EBADMSG);
	assert_null(again);
	inside_object_unref(object);
	text_finish(&record);
}

/* It lies in a section. */
static void check_place(const struct inside_object *object, const struct inside_symbol *symbol)
{
	const struct inside_section *section = section_list_at(&object->sections, symbol->start);

	assert_non_null(section);
	assert_true(symbol->start < symbol->end && symbol->end <= section->end);
}

/* A bit wrong anywhere: it is refused, or an object that keeps its promises. */
static void damaged_records_do_no_harm(void **state)
{
	struct inside_object *object = make();
	struct text record = {0};

	(void)state;
	object_record_append(&record, object);
	for (size_t bit = 0; bit < record.length * 8; bit++) {
		struct inside_object *again = NULL;

		record.bytes[bit / 8] ^= (char)(1 << bit % 8);
		if (!object_record_read(record.bytes, record.length, &again)) {
			for (size_t i = 1; i < again->sections.count; i++)
				assert_true(again->sections.sections[i - 1].end <=
					    again->sections.sections[i].start);
			for (size_t i = 0; i < again->symbols.symbol_count; i++)
				check_place(again, &again->symbols.symbols[i]);
			inside_object_unref(again);
		}
		record.bytes[bit / 8] ^= (char)(1 << bit % 8);
	}
	inside_object_unref(object);
	text_finish(&record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_object_goes_through_a_pipe),
		cmocka_unit_test(every_shorter_record_is_refused),
		cmocka_unit_test(damaged_records_do_no_harm),
	};

	return cmocka_run_group_tests_name("object_record", tests, NULL, NULL);
}
