/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_inside.h"

#include <errno.h>
#include <stdlib.h>

#include "app/options.h"
#include "base/memory.h"
#include "files/inside_cache.h"
#include "files/inside_prober.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/range_prober.h"
#include "ui/inside/inside.h"
#include "ui/inside/inside_wants.h"
#include "ui/ui.h"

static void look_at_object(struct watch_inside *inside, const struct procfs_options *procfs,
			   const struct ui *ui)
{
	const struct address_space *space = ui->shown.space;
	size_t index;

	if (!inside_wants_object(ui, &index)) {
		inside->object.start = 0;
		return;
	}
	if (inside->object.start == space->vmas[index].start &&
	    (inside->object.asked || inside->object.time_ns == space->time_ns))
		return;
	inside->object.start = space->vmas[index].start;
	inside->object.time_ns = space->time_ns;
	inside->object.asked = true;
	if (!inside->object.prober && inside_prober_create(procfs, &inside->object.prober))
		return;
	inside_prober_ask(inside->object.prober, space, index);
}

static void look_at_pages(struct watch_inside *inside, const struct procfs_options *procfs,
			  const struct ui *ui)
{
	const struct address_space *space = ui->shown.space;
	struct inside_range range;

	if (!inside_wants_pages(ui, &range)) {
		inside->pages.time_ns = 0;
		return;
	}
	if (inside->pages.start == range.start && inside->pages.end == range.end &&
	    inside->pages.time_ns == space->time_ns && !inside->pages.more)
		return;
	inside->pages.start = range.start;
	inside->pages.end = range.end;
	inside->pages.time_ns = space->time_ns;
	inside->pages.more = false;
	if (!inside->pages.prober && range_prober_create(procfs, &inside->pages.prober))
		return;
	range_prober_ask(inside->pages.prober,
			 &(struct range_question){.place = {.pid = space->target.pid,
							    .start = range.start,
							    .end = range.end,
							    .page_size = range.page_size,
							    .anonymous = range.anonymous},
						  .time_ns = space->time_ns});
}

void watch_inside_look(struct watch_inside *inside, const struct ui *ui)
{
	const struct procfs_options procfs = options_procfs(inside->options);

	look_at_object(inside, &procfs, ui);
	look_at_pages(inside, &procfs, ui);
}

int watch_inside_object_descriptor(const struct watch_inside *inside)
{
	return inside->object.prober ? inside_prober_descriptor(inside->object.prober) : -1;
}

int watch_inside_pages_descriptor(const struct watch_inside *inside)
{
	return inside->pages.prober ? range_prober_descriptor(inside->pages.prober) : -1;
}

/* Why nothing is known of sections and symbols; NULL: there are none, as of memory without a file.
 */
static const char *why_no_object(const struct inside_answer *answer)
{
	switch (answer->error) {
	case 0:
		return answer->loaded ? NULL
				      : "The file is mapped, but not as loading it would: what "
					"its sections are here is not known.";
	case -ENOENT:
	case -ENOEXEC: return NULL;
	case -EACCES:
	case -EPERM: return "The file may not be read by this user.";
	case -ETIMEDOUT: return "The file system does not answer.";
	default: return "Reading the file failed: its sections are not known.";
	}
}

static void take_object(struct watch_inside *inside, struct ui *ui)
{
	struct inside_answer answer;

	if (!inside->object.prober || !inside_prober_take(inside->object.prober, &answer))
		return;
	inside->object.asked = false;
	/* A reference goes to the screen; without a bias it is of no use. */
	inside_wants_take_object(
		ui, answer.start,
		&(struct inside_found){.object = answer.loaded ? answer.object : NULL,
				       .bias = answer.bias,
				       .why = why_no_object(&answer)});
	if (answer.loaded)
		answer.object = NULL;
	inside_answer_finish(&answer);
}

static void take_pages(struct watch_inside *inside, struct ui *ui)
{
	struct range_answer *answer;

	if (!inside->pages.prober)
		return;
	answer = memory_alloc(sizeof(*answer));
	if (range_prober_take(inside->pages.prober, answer) &&
	    answer->place.start == inside->pages.start && answer->place.end == inside->pages.end) {
		inside->pages.more = answer->more;
		inside_wants_take_pages(ui, &answer->pieces, answer->error);
	}
	free(answer);
}

void watch_inside_take(struct watch_inside *inside, struct ui *ui)
{
	take_object(inside, ui);
	take_pages(inside, ui);
}

void watch_inside_finish(struct watch_inside *inside)
{
	inside_prober_destroy(inside->object.prober);
	range_prober_destroy(inside->pages.prober);
	inside->object.prober = NULL;
	inside->pages.prober = NULL;
}
