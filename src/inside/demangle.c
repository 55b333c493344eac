/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/demangle.h"

#include "config.h"

#include <setjmp.h>
#include <stddef.h>
#include <string.h>

#include "base/text.h"

#ifdef HAVE_LIBIBERTY
#include <libiberty/demangle.h>

/* The name while it is written. */
struct output {
	struct text *text;
	size_t start; /* of it in the text */
	jmp_buf too_long;
};

/* The library writes piece by piece and has no memory to be freed meanwhile. */
static void take(const char *bytes, size_t length, void *opaque)
{
	struct output *output = opaque;

	if (output->text->length - output->start + length > DEMANGLE_SHOWN_MAX)
		longjmp(output->too_long, 1);
	text_append_bytes(output->text, bytes, length);
}

/* Names of Rust before 2025 look like those of C++, but for a hash at their end. */
static bool demangle(const char *name, struct output *output)
{
	static const int options = DMGL_PARAMS | DMGL_ANSI;

	if (setjmp(output->too_long))
		return false;
	if (rust_demangle_callback(name, options, take, output))
		return true;
	output->text->length = output->start;
	return name[1] == 'Z' && cplus_demangle_v3_callback(name, options, take, output);
}

bool demangle_append(struct text *text, const char *name, size_t length)
{
	struct output output = {.text = text, .start = text->length};
	char whole[DEMANGLE_NAME_MAX + 1];

	if (length < 2 || length > DEMANGLE_NAME_MAX || name[0] != '_' ||
	    (name[1] != 'Z' && name[1] != 'R'))
		return false;
	memcpy(whole, name, length);
	whole[length] = '\0';
	if (demangle(whole, &output) && text->length > output.start)
		return true;
	/* What was written of one that is none goes again. */
	if (text->bytes) {
		text->length = output.start;
		text->bytes[text->length] = '\0';
	}
	return false;
}
#else
bool demangle_append(struct text *text, const char *name, size_t length)
{
	(void)text, (void)name, (void)length;
	return false;
}
#endif
