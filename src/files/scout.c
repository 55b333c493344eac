/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/scout.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "files/errands.h"
#include "files/mapped_open.h"
#include "model/vma.h"

enum errand_type { HAS_NAME, IS_EXE, READ_TRAITS };

/* What passes between two images of one program are the structures themselves; the name follows. */
struct request {
	enum errand_type type;
	unsigned avoid;
	struct vma vma;
};

struct reply {
	bool has_name;
	enum file_identity identity;
	struct file_traits traits;
};

static struct reply look(int directory, const struct request *request)
{
	struct mapped_root root;
	struct reply reply = {0};

	mapped_root_init(&root, directory, request->avoid);
	switch (request->type) {
	case HAS_NAME: reply.has_name = mapped_has_name(&root, &request->vma); break;
	case IS_EXE: reply.identity = mapped_is_exe(&root, &request->vma); break;
	case READ_TRAITS: mapped_read_traits(&root, &request->vma, &reply.traits); break;
	}
	mapped_root_finish(&root);
	return reply;
}

/* In the helper. */
static void answer(int directory, const char *bytes, size_t length, struct text *text)
{
	struct request request;
	struct text name = {0};
	struct reply reply;

	memcpy(&request, bytes, sizeof(request));
	text_append_bytes(&name, bytes + sizeof(request), length - sizeof(request));
	request.vma.name = text_string(&name);
	reply = look(directory, &request);
	text_append_bytes(text, (const char *)&reply, sizeof(reply));
	text_finish(&name);
}

/* Returns whether there was an answer. */
static bool send(const struct scout *scout, const struct request *request, struct reply *ret_reply)
{
	const struct vma *vma = &request->vma;
	struct text text = {0};
	struct errand *errand;
	bool done;

	text_append_bytes(&text, (const char *)request, sizeof(*request));
	text_append(&text, vma->name);
	errand =
		errand_create(scout->errands, vma->dev_major, vma->dev_minor, answer, &text, false);
	text_finish(&text);
	errands_run(scout->errands, scout->directory);
	done = errand_take_reply(errand, ret_reply, sizeof(*ret_reply));
	errand_drop(errand);
	return done;
}

/* Returns whether there was an answer; else all of the reply is zeroes. */
static bool ask(const struct scout *scout, enum errand_type type, const struct vma *vma,
		struct reply *ret_reply)
{
	const struct request request = {.type = type, .avoid = scout->avoid, .vma = *vma};

	*ret_reply = (struct reply){0};
	if (scout->errands)
		return send(scout, &request, ret_reply);
	*ret_reply = look(scout->directory, &request);
	return true;
}

bool scout_has_name(const struct scout *scout, const struct vma *vma)
{
	struct reply reply;

	ask(scout, HAS_NAME, vma, &reply);
	return reply.has_name;
}

enum file_identity scout_is_exe(const struct scout *scout, const struct vma *vma)
{
	struct reply reply;

	return ask(scout, IS_EXE, vma, &reply) ? reply.identity : FILE_IDENTITY_NONE;
}

void scout_read_traits(const struct scout *scout, const struct vma *vma,
		       struct file_traits *ret_traits)
{
	struct reply reply;

	ask(scout, READ_TRAITS, vma, &reply);
	*ret_traits = reply.traits;
}

struct file_numbers scout_exe_numbers(const struct scout *scout)
{
	struct statx file;

	if (statx(scout->directory, "exe", AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT, STATX_INO, &file))
		return (struct file_numbers){0};
	return (struct file_numbers){file.stx_ino, file.stx_dev_major, file.stx_dev_minor};
}
