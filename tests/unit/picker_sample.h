/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_PICKER_SAMPLE_H
#define UNIT_PICKER_SAMPLE_H

/* A list of processes to choose from, of all sorts. */

#include "model/process.h"
#include "model/target.h"
#include "support/stage.h"
#include "ui/arrange.h"
#include "ui/processes/processes_pane.h"

#define MIB (UINT64_C(1) << 20)

static const struct process sample_processes[] = {
	{1, 0, 10, 0, "root", 'S', 1, 12 * MIB, 168 * MIB, TARGET_UNKNOWN, "init", "systemd",
	 "/sbin/init splash", PROCESS_FOREIGN},
	{2, 0, 10, 0, "root", 'S', 1, TARGET_UNKNOWN, TARGET_UNKNOWN, TARGET_UNKNOWN, NULL,
	 "kthreadd", "", PROCESS_KERNEL},
	{17, 2, 11, 0, "root", 'I', 1, TARGET_UNKNOWN, TARGET_UNKNOWN, TARGET_UNKNOWN, NULL,
	 "kworker/0:1-events", "", PROCESS_KERNEL},
	{801, 1, 300, 105, "postgresql-server", 'S', 1, 28 * MIB, 216 * MIB, TARGET_UNKNOWN,
	 "postgresql@15-main.service", "postgres",
	 "/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main", PROCESS_FOREIGN},
	{1400, 1, 900, 1000, "ann", 'S', 4, 11 * MIB, 19 * MIB, 102, "init", "systemd",
	 "/lib/systemd/systemd --user", PROCESS_READABLE},
	{2210, 1400, 2000, 1000, "ann", 'S', 62, 412 * MIB, 11 * 1024 * MIB, 61004, "app-firefox",
	 "firefox", "/usr/lib/firefox/firefox", PROCESS_READABLE},
	{2290, 2210, 2100, 1000, "ann", 'R', 28, 260 * MIB, 2600 * MIB, 1201, "app-firefox",
	 "Web Content", "/usr/lib/firefox/firefox -contentproc -childID 1 -isForBrowser",
	 PROCESS_READABLE},
	{2291, 2210, 2100, 1000, "ann", 'S', 27, 180 * MIB, 2500 * MIB, TARGET_UNKNOWN,
	 "app-firefox", "Web Content",
	 "/usr/lib/firefox/firefox -contentproc -childID 2 -isForBrowser", PROCESS_READABLE},
	{3000, 1400, 3000, 1000, "ann", 'S', 1, 5 * MIB, 9 * MIB, 31, "session-2", "bash", "-bash",
	 PROCESS_READABLE},
	{3127, 3000, 3200, 1000, "ann", 'T', 2, 26 * MIB, 103 * MIB, 140, "docker-0f1e2d3c4b5a",
	 "python3", "python3 /srv/app.py --port 8080", PROCESS_READABLE},
	{3128, 3127, 3210, 1000, "ann", 'Z', 1, TARGET_UNKNOWN, TARGET_UNKNOWN, TARGET_UNKNOWN,
	 "docker-0f1e2d3c4b5a", "python3", "", PROCESS_ENDED},
	{3300, 3000, 3300, 1000, "ann", 'S', 1, 6 * MIB, 12 * MIB, TARGET_UNKNOWN, "session-2",
	 "ssh-agent", "ssh-agent", PROCESS_FORBIDDEN},
	{4194304, 3000, 4000, 12345, NULL, 'D', 1, 300 * 1024, 4 * MIB, TARGET_UNKNOWN,
	 "ev\033[31mil.service", "ev\033[31mil\n", "ev\033[31mil \xff\xfe arg\tument",
	 PROCESS_FOREIGN},
};

#define SAMPLE_PROCESSES (sizeof(sample_processes) / sizeof(sample_processes[0]))

static inline struct process_list *sample_process_list(void)
{
	struct process_list *list = process_list_create();

	for (size_t i = 0; i < SAMPLE_PROCESSES; i++)
		process_list_add(list, &sample_processes[i]);
	process_list_sort(list);
	list->mappings_max = 65530;
	return list;
}

/* A screen of that size without a process, with the list on it; returns the list. */
static inline struct picker *sample_list_open(struct stage *stage, int columns, int lines,
					      bool unicode)
{
	stage_open_empty(stage, columns, lines, unicode);
	arrange_open(&stage->ui, &processes_pane);
	processes_pane_take_list(&stage->ui, sample_process_list());
	stage_resize(stage, columns, lines);
	return &((struct processes_pane *)stage_pane(stage, &processes_pane))->picker;
}

#endif
