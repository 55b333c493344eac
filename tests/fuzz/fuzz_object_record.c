/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as the record of an object, from a helper process that a hostile file has taken over:
 * refused, or an object as one that was read from a file, whose record is the same bytes again.
 */
#include "fuzz.h"
#include "object_check.h"

#include <string.h>

#include "base/text.h"
#include "inside/object_record.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct inside_object *object = NULL, *again = NULL;
	struct text record = {0}, second = {0};

	if (object_record_read((const char *)bytes, length, &object))
		return 0;
	FUZZ_CHECK(object);
	/* Generated code has none. */
	if (object->sections.count) {
		check_sections(&object->sections);
		check_symbols(object);
	}
	object_record_append(&record, object);
	FUZZ_CHECK(!object_record_read(record.bytes, record.length, &again));
	object_record_append(&second, again);
	FUZZ_CHECK(record.length == second.length &&
		   !memcmp(record.bytes, second.bytes, record.length));
	inside_object_unref(object);
	inside_object_unref(again);
	text_finish(&record);
	text_finish(&second);
	return 0;
}
