/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_file.h"

#include "app/options.h"
#include "files/file_looker.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "ui/pane/go_to_pane.h"
#include "ui/ui.h"

void watch_file_look(struct watch_file *file, const struct ui *ui)
{
	const struct vma *vma = go_to_pane_wanted(ui);
	const struct procfs_options procfs = {.root = file->options->procfs,
					      .avoid = file->options->avoid};

	if (!vma) {
		file->time_ns = 0;
		return;
	}
	if (vma->start == file->start && ui->shown.space->time_ns == file->time_ns)
		return;
	file->start = vma->start;
	file->time_ns = ui->shown.space->time_ns;
	if (!file->looker && file_looker_create(&procfs, &file->looker))
		return;
	file_looker_ask(file->looker, ui->shown.space->target.pid, vma,
			ui->shown.space->target.page_size);
}

int watch_file_descriptor(const struct watch_file *file)
{
	return file->looker ? file_looker_descriptor(file->looker) : -1;
}

void watch_file_take(struct watch_file *file, struct ui *ui)
{
	struct file_answer answer;

	if (!file->looker || !file_looker_take(file->looker, &answer))
		return;
	go_to_pane_take_file(ui, answer.inode, answer.dev_major, answer.dev_minor, &answer.facts);
}

void watch_file_finish(struct watch_file *file)
{
	file_looker_destroy(file->looker);
	file->looker = NULL;
}
