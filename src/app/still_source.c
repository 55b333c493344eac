/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/still_source.h"

#include <errno.h>
#include <stdlib.h>

#include "app/replay_link.h"
#include "base/memory.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "sampler/source.h"

struct still_source {
	struct source source;
	struct address_space *space;
	struct kept_usage usage;  /* until it was read */
	struct replay_link *link; /* NULL: there is none */
	bool read;
};

/* Whether words come to the screen: with the same sample once more. */
static bool answer_wish(const struct still_source *source)
{
	struct replay_wish wish;

	if (!source->link)
		return false;
	(void)replay_link_take_wish(source->link, &wish);
	if (source->read && wish.type != REPLAY_NOTHING)
		replay_link_say(source->link, "There is only this sample.");
	return wish.type != REPLAY_NOTHING;
}

static int read_space(struct source *base, struct address_space **ret_space)
{
	struct still_source *source = (struct still_source *)base;

	if (!answer_wish(source) && source->read)
		return -EAGAIN;
	if (!source->read && source->link) {
		replay_link_publish(source->link, 0, source->space->time_ns, &source->usage);
		source->usage = (struct kept_usage){0};
	}
	source->read = true;
	*ret_space = address_space_copy(source->space);
	return 0;
}

static int no_descriptor(const struct source *source)
{
	(void)source;
	return -1;
}

static void destroy(struct source *base)
{
	struct still_source *source = (struct still_source *)base;

	address_space_destroy(source->space);
	kept_usage_finish(&source->usage);
	replay_link_release(source->link);
	free(source);
}

static struct still_source *create(struct address_space *space)
{
	static const struct source_operations operations = {
		.read = read_space, .exit_descriptor = no_descriptor, .destroy = destroy};
	struct still_source *source = memory_alloc(sizeof(*source));

	source->source.operations = &operations;
	source->space = space;
	return source;
}

struct source *still_source_create(struct address_space *space)
{
	return &create(space)->source;
}

struct source *still_source_create_linked(struct address_space *space, struct kept_usage *usage,
					  struct replay_link **ret_link)
{
	const struct replay_state state = {
		.speed = 1, .held = true, .start_ns = space->time_ns, .end_ns = space->time_ns};
	struct still_source *source = create(space);

	source->usage = *usage;
	*usage = (struct kept_usage){0};
	source->link = replay_link_create(&state);
	*ret_link = source->link;
	return &source->source;
}
