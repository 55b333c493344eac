/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as an ELF object that is looked into: what is accepted keeps the promises of its
 * sections and symbols, and everything in it can be found.
 */
#include "fuzz.h"
#include "object_check.h"

#include <string.h>

#include "base/text.h"
#include "inside/elf_segments.h"
#include "inside/file_reader.h"
#include "inside/inside_object.h"
#include "inside/object_reader.h"
#include "inside/object_record.h"

/* The record of an object is the object again. */
static void check_record(const struct inside_object *object)
{
	struct inside_object *again = NULL;
	struct text record = {0}, second = {0};

	object_record_append(&record, object);
	FUZZ_CHECK(!object_record_read(record.bytes, record.length, &again));
	object_record_append(&second, again);
	FUZZ_CHECK(record.length == second.length &&
		   !memcmp(record.bytes, second.bytes, record.length));
	FUZZ_CHECK(again->symbols.symbol_count == object->symbols.symbol_count);
	inside_object_unref(again);
	text_finish(&record);
	text_finish(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const struct file_bytes file = {bytes, length};
	const struct file_reader reader = file_reader_of_bytes(&file);
	/* Names stay mangled: to demangle one may take for ever (inside/demangle.h). */
	const struct object_wish wish = {0};
	struct inside_object *object = NULL;
	struct elf_image *image;
	int error = elf_segments_read(&reader, &image);

	if (error)
		return 0;
	error = object_reader_read(&reader, image, &wish, &object);
	elf_segments_free(image);
	FUZZ_CHECK(error == 0 && object);
	check_sections(&object->sections);
	check_symbols(object);
	check_record(object);
	inside_object_unref(object);
	return 0;
}
