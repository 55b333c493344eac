/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/answer_inside.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "inside/inside_object.h"
#include "ui/text/answer_about.h"
#include "ui/text/explanation.h"

/* "name+0x10, what it is": the name escaped. */
static void append_place(struct text *text, const char *name, uint64_t offset, const char *what)
{
	utf8_append_escaped(text, name, strlen(name));
	if (offset)
		text_append_format(text, "+0x%" PRIx64, offset);
	text_append_format(text, ", %s", what);
}

static const char *why_none(const struct inside_object *object)
{
	switch (object->lack) {
	case INSIDE_LACK_STRIPPED:
		return "none known: the file is stripped, and no debug file is installed";
	case INSIDE_LACK_TOO_LARGE:
		return "none known: the symbol table is larger than vastop reads";
	case INSIDE_LACK_DAMAGED: return "none known: the symbol table contradicts itself";
	default: return object->source == INSIDE_SOURCE_PERF_MAP ? "none of the perf map" : "none";
	}
}

static const char *symbol_words(enum inside_symbol_kind kind)
{
	switch (kind) {
	case INSIDE_FUNCTION: return "function";
	case INSIDE_VARIABLE: return "variable";
	default: return "label";
	}
}

static void say_symbol(struct explanation *to, const struct inside_object *object, uint64_t address)
{
	const struct inside_symbol *symbol = symbol_list_at(&object->symbols, address);
	struct text text = {0};

	if (symbol) {
		append_place(&text, symbol->shown, address - symbol->address,
			     symbol_words(symbol->kind));
		if (!symbol->sized)
			text_append(&text, " without a size");
	} else {
		text_append(&text, why_none(object));
	}
	explanation_say(to, "symbol", text_string(&text), ROLE_DEFAULT);
	text_finish(&text);
}

static void say_section(struct explanation *to, const struct inside_object *object,
			uint64_t address)
{
	const struct inside_section *section = section_list_at(&object->sections, address);
	char size[FORMAT_SIZE_LENGTH];
	struct text text = {0};

	if (object->sections.count == 0)
		return;
	if (!section) {
		explanation_say(to, "section", "none", ROLE_DEFAULT);
		return;
	}
	append_place(&text, *section->name ? section->name : "without a name",
		     address - section->start, kind_name(section->kind));
	text_append_format(&text, ", %s", format_size(size, section->end - section->start));
	if (object->sections.from_segments)
		text_append(&text, "; a segment: the file has no section headers");
	explanation_say(to, "section", text_string(&text), ROLE_DEFAULT);
	text_finish(&text);
}

/* Why nothing is known of the file that is mapped. */
static const char *why_unknown(int error)
{
	switch (error) {
	case -ENOENT: return "unknown: the file was replaced or removed, or is out of reach";
	case -EACCES:
	case -EPERM: return "unknown: the file may not be read";
	case -ENOEXEC: return "none: the file is not an ELF object";
	case -ETIMEDOUT: return "unknown: the file system does not answer";
	default: return "unknown: the file cannot be read";
	}
}

void answer_inside(struct explanation *to, const struct answer_about *about)
{
	struct text line = {0};

	if (!about->object) {
		if (about->inside_error)
			explanation_say(to, "symbol", why_unknown(about->inside_error),
					ROLE_DEFAULT);
		return;
	}
	say_symbol(to, about->object, about->address - about->bias);
	say_section(to, about->object, about->address - about->bias);
	if (!about->line)
		return;
	utf8_append_escaped(&line, about->line, strlen(about->line));
	explanation_say(to, "source", text_string(&line), ROLE_DEFAULT);
	text_finish(&line);
}
