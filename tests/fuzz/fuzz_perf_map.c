/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a perf map: functions that are disjoint and have names. */
#include "fuzz.h"

#include <errno.h>

#include "inside/file_reader.h"
#include "inside/inside_object.h"
#include "inside/perf_map.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const struct file_bytes file = {bytes, length};
	const struct file_reader reader = file_reader_of_bytes(&file);
	struct inside_object *object = NULL;
	int error = perf_map_read(&reader, &object);

	FUZZ_CHECK(error == 0 || error == -ENOENT);
	FUZZ_CHECK(!error == (object != NULL));
	if (!object)
		return 0;
	FUZZ_CHECK(object->symbols.symbol_count > 0);
	FUZZ_CHECK(object->symbols.symbol_count == object->symbols.name_count);
	for (size_t i = 0; i < object->symbols.symbol_count; i++) {
		const struct inside_symbol *symbol = &object->symbols.symbols[i];

		FUZZ_CHECK(symbol->start < symbol->end && symbol->address == symbol->start);
		FUZZ_CHECK(i == 0 || symbol[-1].end <= symbol->start);
		FUZZ_CHECK(symbol->name[0]);
	}
	inside_object_unref(object);
	return 0;
}
