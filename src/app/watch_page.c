/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_page.h"

#include <time.h>

#include "app/options.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/page_looker.h"
#include "ui/pane/go_to_pane.h"
#include "ui/ui.h"

/* Of a target with so much below the address that this is not enough, flags stay unknown. */
#define SMAPS_BUDGET_NS INT64_C(50000000)
#define SMAPS_EVERY_NS  INT64_C(5000000000)

/* Takes over which mapping the address concerns; returns whether it is another one than before. */
static bool is_another(struct watch_page *page, const struct address_space *space, uint64_t address)
{
	static const struct vma none = {0};
	size_t index = address_space_lower_bound(space, address);
	const struct vma *vma = index < space->vma_count ? &space->vmas[index] : &none;
	bool same = page->time_ns && page->address == address && page->start == vma->start &&
		    page->end == vma->end && page->perms == vma->perms;

	page->address = address;
	page->start = vma->start;
	page->end = vma->end;
	page->perms = vma->perms;
	return !same;
}

static int64_t choose_budget(struct watch_page *page, bool another)
{
	int64_t now = clock_ns(CLOCK_MONOTONIC);

	if (another)
		page->told = false;
	else if (!page->told || now - page->smaps_ns < SMAPS_EVERY_NS)
		return 0;
	page->smaps_ns = now;
	return SMAPS_BUDGET_NS;
}

void watch_page_look(struct watch_page *page, const struct ui *ui)
{
	const struct procfs_options procfs = {.root = page->options->procfs,
					      .avoid = page->options->avoid};
	const struct address_space *space = ui->shown.space;
	struct page_question question;
	uint64_t address;

	if (!go_to_pane_asks(ui, &address)) {
		page->time_ns = 0;
		return;
	}
	if (page->time_ns == space->time_ns && page->address == address)
		return;
	if (!page->looker && page_looker_create(&procfs, &page->looker))
		return;
	question = (struct page_question){
		.pid = space->target.pid,
		.address = address,
		.page_size = space->target.page_size,
		.budget_ns = choose_budget(page, is_another(page, space, address)),
		.time_ns = space->time_ns,
	};
	page->time_ns = space->time_ns;
	page_looker_ask(page->looker, &question);
}

int watch_page_descriptor(const struct watch_page *page)
{
	return page->looker ? page_looker_descriptor(page->looker) : -1;
}

void watch_page_take(struct watch_page *page, struct ui *ui)
{
	struct page_answer answer;

	if (!page->looker || !page_looker_take(page->looker, &answer))
		return;
	if (answer.address == page->address)
		page->told = answer.facts.flags != TARGET_UNKNOWN;
	go_to_pane_take_page(ui, answer.address, answer.time_ns, &answer.facts);
}

void watch_page_finish(struct watch_page *page)
{
	page_looker_destroy(page->looker);
	page->looker = NULL;
}
