/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_go_to.h"

#include <time.h>

#include "app/options.h"
#include "files/file_prober.h"
#include "files/place_prober.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/page_prober.h"
#include "ui/pane/go_to_pane.h"
#include "ui/ui.h"

/* Of a target with so much below the address that this is not enough, flags stay unknown. */
#define SMAPS_BUDGET_NS INT64_C(50000000)
#define SMAPS_EVERY_NS  INT64_C(5000000000)

static void look_at_file(struct watch_go_to *go_to, const struct procfs_options *procfs,
			 const struct ui *ui)
{
	const struct vma *vma = go_to_pane_wanted(ui);
	const struct address_space *space = ui->shown.space;

	if (!vma) {
		go_to->file.time_ns = 0;
		return;
	}
	if (vma->start == go_to->file.start && space->time_ns == go_to->file.time_ns)
		return;
	go_to->file.start = vma->start;
	go_to->file.time_ns = space->time_ns;
	if (!go_to->file.prober && file_prober_create(procfs, &go_to->file.prober))
		return;
	file_prober_ask(go_to->file.prober, space->target.pid, vma, space->target.page_size);
}

/* Takes over which mapping the address concerns; returns whether it is another one than before. */
static bool is_another(struct watch_go_to *go_to, const struct address_space *space,
		       uint64_t address)
{
	static const struct vma none = {0};
	size_t index = address_space_lower_bound(space, address);
	const struct vma *vma = index < space->vma_count ? &space->vmas[index] : &none;
	bool same = go_to->page.time_ns && go_to->page.address == address &&
		    go_to->page.start == vma->start && go_to->page.end == vma->end &&
		    go_to->page.perms == vma->perms;

	go_to->page.address = address;
	go_to->page.start = vma->start;
	go_to->page.end = vma->end;
	go_to->page.perms = vma->perms;
	return !same;
}

static int64_t choose_budget(struct watch_go_to *go_to, bool another)
{
	int64_t now = clock_ns(CLOCK_MONOTONIC);

	if (another)
		go_to->page.told = false;
	else if (!go_to->page.told || now - go_to->page.smaps_ns < SMAPS_EVERY_NS)
		return 0;
	go_to->page.smaps_ns = now;
	return SMAPS_BUDGET_NS;
}

static void look_at_page(struct watch_go_to *go_to, const struct procfs_options *procfs,
			 const struct ui *ui)
{
	const struct address_space *space = ui->shown.space;
	struct page_question question;
	uint64_t address;

	if (!go_to_pane_asks(ui, &address)) {
		go_to->page.time_ns = 0;
		return;
	}
	if (go_to->page.time_ns == space->time_ns && go_to->page.address == address)
		return;
	if (!go_to->page.prober && page_prober_create(procfs, &go_to->page.prober))
		return;
	question = (struct page_question){
		.pid = space->target.pid,
		.address = address,
		.page_size = space->target.page_size,
		.budget_ns = choose_budget(go_to, is_another(go_to, space, address)),
		.time_ns = space->time_ns,
	};
	go_to->page.time_ns = space->time_ns;
	page_prober_ask(go_to->page.prober, &question);
}

static void look_for_place(struct watch_go_to *go_to, const struct procfs_options *procfs,
			   const struct ui *ui)
{
	unsigned number;
	const char *expression = go_to_pane_seeks(ui, &number);

	if (!expression || number == go_to->place.number)
		return;
	go_to->place.number = number;
	if (!go_to->place.prober && place_prober_create(procfs, &go_to->place.prober))
		return;
	place_prober_ask(go_to->place.prober, ui->shown.space, expression);
}

void watch_go_to_look(struct watch_go_to *go_to, const struct ui *ui)
{
	const struct procfs_options procfs = options_procfs(go_to->options);

	look_at_file(go_to, &procfs, ui);
	look_at_page(go_to, &procfs, ui);
	look_for_place(go_to, &procfs, ui);
}

int watch_go_to_file_descriptor(const struct watch_go_to *go_to)
{
	return go_to->file.prober ? file_prober_descriptor(go_to->file.prober) : -1;
}

int watch_go_to_page_descriptor(const struct watch_go_to *go_to)
{
	return go_to->page.prober ? page_prober_descriptor(go_to->page.prober) : -1;
}

int watch_go_to_place_descriptor(const struct watch_go_to *go_to)
{
	return go_to->place.prober ? place_prober_descriptor(go_to->place.prober) : -1;
}

static void take_place(struct watch_go_to *go_to, struct ui *ui)
{
	struct place_answer answer;

	if (!go_to->place.prober || !place_prober_take(go_to->place.prober, &answer))
		return;
	go_to_pane_take_place(ui, &(struct place_found){.expression = answer.expression,
							.error = answer.error,
							.address = answer.address,
							.space = answer.space,
							.mistake = &answer.mistake});
	place_answer_finish(&answer);
}

void watch_go_to_take(struct watch_go_to *go_to, struct ui *ui)
{
	struct file_answer file;
	struct page_answer page;

	if (go_to->file.prober && file_prober_take(go_to->file.prober, &file))
		go_to_pane_take_file(ui, file.inode, file.dev_major, file.dev_minor, &file.facts);
	if (go_to->page.prober && page_prober_take(go_to->page.prober, &page)) {
		if (page.address == go_to->page.address)
			go_to->page.told = page.facts.flags != TARGET_UNKNOWN;
		go_to_pane_take_page(ui, page.address, page.time_ns, &page.facts);
	}
	take_place(go_to, ui);
}

void watch_go_to_finish(struct watch_go_to *go_to)
{
	file_prober_destroy(go_to->file.prober);
	page_prober_destroy(go_to->page.prober);
	place_prober_destroy(go_to->place.prober);
	go_to->file.prober = NULL;
	go_to->page.prober = NULL;
	go_to->place.prober = NULL;
}
