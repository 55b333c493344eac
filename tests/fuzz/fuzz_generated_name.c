/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a name in a perf map, or of a function: its parts lie in it, and it has a class. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/code_class.h"
#include "inside/generated_name.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char *whole = memory_alloc(length + 1);
	struct generated_name name;
	size_t end;

	if (length)
		memcpy(whole, bytes, length);
	end = strlen(whole);
	generated_name_read(whole, &name);
	FUZZ_CHECK(name.function >= whole && name.function + name.function_length <= whole + end);
	FUZZ_CHECK(name.function_length || !end);
	FUZZ_CHECK(!name.file == !name.file_length);
	FUZZ_CHECK(!name.file ||
		   (name.file >= whole && name.file + name.file_length <= whole + end));
	FUZZ_CHECK(name.file || !name.line);
	FUZZ_CHECK(code_class_of(whole, whole, true) != CODE_OWN);
	FUZZ_CHECK(code_class_of("", whole, false) != CODE_GENERATED);
	free(whole);
	return 0;
}
