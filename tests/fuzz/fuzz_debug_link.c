/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as an object that says where its debug file is: what it says leads to files in folders
 * that are known, and the object itself has the build-id that it says.
 */
#include "fuzz.h"

#include <string.h>

#include "base/text.h"
#include "inside/debug_link.h"
#include "inside/elf_headers.h"
#include "inside/file_reader.h"

static void check_paths(const struct debug_link *link)
{
	struct text path = {0};

	for (size_t i = 0; debug_link_append_path(link, "/folder", i, &path); i++) {
		FUZZ_CHECK(i < 4);
		FUZZ_CHECK(!strncmp(path.bytes, "/usr/lib/debug/", 15) ||
			   !strncmp(path.bytes, "/folder/", 8));
		FUZZ_CHECK(!strstr(path.bytes, "/../") && strlen(path.bytes) == path.length);
		text_clear(&path);
	}
	text_finish(&path);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const struct file_bytes file = {bytes, length};
	const struct file_reader reader = file_reader_of_bytes(&file);
	struct elf_header header;
	struct debug_link link;

	if (elf_header_read(&reader, &header) || debug_link_read(&reader, &header, &link))
		return 0;
	FUZZ_CHECK(link.build_id.size <= BUILD_ID_MAX && !strchr(link.name, '/'));
	FUZZ_CHECK(link.build_id.size || link.name[0]);
	check_paths(&link);
	if (link.build_id.size)
		FUZZ_CHECK(!debug_link_check(&reader, &link));
	return 0;
}
