/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/explain_kind.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "model/file_identity.h"
#include "model/name_rule.h"
#include "model/runtime.h"
#include "model/vma.h"
#include "ui/text/explanation.h"

static void say(struct explanation *to, const char *label, const char *value, enum role role)
{
	explanation_say(to, label, value, role);
}

/* Says the text and frees it. */
static void say_text(struct explanation *to, const char *label, struct text *text, enum role role)
{
	say(to, label, text_string(text), role);
	text_finish(text);
}

static const char *source_words(const struct vma *vma)
{
	switch ((enum kind_source)vma->kind_source) {
	case KIND_SOURCE_ELF: return "from the file's ELF segments";
	case KIND_SOURCE_NAME: return "from its name in maps";
	case KIND_SOURCE_THREAD: return "a thread's stack pointer is in it";
	case KIND_SOURCE_FILE_SYSTEM: return "from the file system of its file";
	case KIND_SOURCE_CONTENT: return "from the contents of its first page";
	case KIND_SOURCE_SHAPE: return "from its size and neighbours";
	case KIND_SOURCE_PAGES: return "the kernel reports guard pages";
	case KIND_SOURCE_STALLED: return "from its permissions: its file system does not answer";
	default: return "from its permissions";
	}
}

static void say_runtime(struct explanation *to, enum runtime runtime)
{
	say(to, "is", runtime_label(runtime), ROLE_DEFAULT);
	say(to, NULL, runtime_words(runtime), ROLE_DEFAULT);
	if (runtime_ask(runtime))
		say(to, "ask", runtime_ask(runtime), ROLE_DEFAULT);
}

void explain_kind(struct explanation *to, const struct vma *vma)
{
	const struct name_rule *rule = name_rule_find(vma);

	say(to, "kind", kind_name(vma->kind), ROLE_KIND_TEXT + vma->kind);
	if (rule && rule->words)
		say(to, "is", rule->words, ROLE_DEFAULT);
	if (vma->runtime)
		say_runtime(to, vma->runtime);
	say(to, "known", source_words(vma), ROLE_DEFAULT);
	if (vma->tid) {
		struct text text = {0};

		text_append_format(&text, "%" PRId32, vma->tid);
		say_text(to, "thread", &text, ROLE_VALUE);
	}
	say(to, "owner", owner_name(vma->owner), ROLE_DEFAULT);
}

void explain_file(struct explanation *to, const struct vma *vma)
{
	struct text text = {0};

	if (vma->name[0] == '\0')
		return;
	utf8_append_escaped(&text, vma->name, strlen(vma->name));
	say_text(to, vma->inode ? "file" : "name", &text, ROLE_DEFAULT);
	if (vma->deleted)
		say(to, NULL, "Deleted: this path no longer leads to the file.", ROLE_WARNING);
	if (!vma->inode)
		return;
	text_append_format(&text, "0x%" PRIx64, vma->offset);
	say_text(to, "offset", &text, ROLE_DEFAULT);
	if (vma_is_numbered(vma)) {
		text_append_format(&text, "%02" PRIx32 ":%02" PRIx32, vma->dev_major,
				   vma->dev_minor);
		say_text(to, "device", &text, ROLE_DEFAULT);
		text_append_format(&text, "%" PRIu64, vma->inode);
		say_text(to, "inode", &text, ROLE_DEFAULT);
	}
	if (file_identity_name(vma->identity))
		say(to, "check", file_identity_name(vma->identity), ROLE_DEFAULT);
}
