/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whole recorded trees of a process, its threads and files of any kind, written to a folder and
 * read as --procfs does: a sample, what is in memory, the totals, reports and a picture. Whatever
 * the files are: it ends; a list of mappings is sorted and disjoint; what is written is printable
 * UTF-8, in lines. Mutations are made of files, lines, fields and ranges (tree_mutator.h).
 */
#include "fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/once_picture.h"
#include "app/once_target.h"
#include "app/options.h"
#include "base/utf8.h"
#include "files/helper.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/pulse.h"
#include "model/target_totals.h"
#include "report/csv.h"
#include "report/json.h"
#include "report/sheet.h"
#include "residency/range_walk.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "screen/theme.h"
#include "tree_mutator.h"

#define PID       7
#define PATH_MOST 256
#define STEPS_MAX 100000

/* What the folder of the process may have; task/TID has the same. */
static const char *const names[] = {
	"auxv", "cgroup",    "cmdline", "comm",    "exe",  "limits",    "maps",
	"mem",  "mountinfo", "ns",      "pagemap", "root", "smaps",     "smaps_rollup",
	"stat", "statm",     "status",  "syscall", "task", "numa_maps",
};

/* What a link may lead to: nothing that a read would change. */
static const char *const links[] = {"maps",      "stat", "..",           "/dev/zero",
				    "/dev/null", "task", "/nonexistent", "/proc/self/maps"};

static char root[64];

/* Mapped files, which are those of this machine, are not looked at: no process that does it. */
int __wrap_helper_start(struct helper *ret_helper);

int __wrap_helper_start(struct helper *ret_helper)
{
	(void)ret_helper;
	return -EAGAIN;
}

static void remove_root(void)
{
	rmdir(root);
}

/* In memory where there is such a place. */
static void make_root(void)
{
	snprintf(root, sizeof(root), "%s/vastop-fuzz-XXXXXX",
		 access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
	FUZZ_CHECK(mkdtemp(root));
	atexit(remove_root);
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "en_US.UTF-8");
}

static bool is_listed(const char *name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

/* Makes the folder of the thread that "task/TID/NAME" names; returns NAME, or NULL. */
static const char *make_thread(const char *name, const char *process)
{
	char path[PATH_MOST];
	size_t digits;

	if (strncmp(name, "task/", 5))
		return name;
	digits = strspn(name + 5, "0123456789");
	if (!digits || digits > 10 || name[5 + digits] != '/')
		return NULL;
	snprintf(path, sizeof(path), "%s/task", process);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/%.*s", process, (int)(5 + digits), name);
	mkdir(path, 0700);
	return name + 5 + digits + 1;
}

static void write_file(const char *path, const struct tree_file *tree, off_t offset)
{
	int file = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);

	/* What has another kind already stays. */
	if (file < 0)
		return;
	FUZZ_CHECK(pwrite(file, tree->bytes, tree->length, offset) >= 0 || offset);
	close(file);
}

/* "NAME", "pagemap@ADDRESS" or "fifo", "folder" or "link", a space and NAME. */
static void make_file(const struct tree_file *tree, const char *process)
{
	char text[PATH_MOST / 2], path[PATH_MOST], *name = text, *at;
	const char *kind = "", *last;
	off_t offset = 0;

	if (tree->name_length >= sizeof(text) || memchr(tree->name, '\0', tree->name_length))
		return;
	memcpy(text, tree->name, tree->name_length);
	text[tree->name_length] = '\0';
	if ((at = strchr(text, ' '))) {
		*at = '\0';
		kind = text;
		name = at + 1;
	}
	if ((at = strchr(name, '@'))) {
		*at = '\0';
		offset = (off_t)(strtoull(at + 1, NULL, 16) / 4096 * 8 & INT32_MAX);
	}
	last = make_thread(name, process);
	if (!last || !is_listed(last))
		return;
	snprintf(path, sizeof(path), "%s/%s", process, name);
	if (!strcmp(kind, "fifo"))
		mkfifo(path, 0600);
	else if (!strcmp(kind, "folder"))
		mkdir(path, 0700);
	else if (!strcmp(kind, "link"))
		(void)!symlink(links[tree->length % (sizeof(links) / sizeof(links[0]))], path);
	else if (!strcmp(last, "exe"))
		(void)!symlink("/bin/true", path);
	else
		write_file(path, tree, offset);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

/* One line or several, printable. */
static void check_text(const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		uint32_t character;
		size_t bytes = utf8_decode(text + i, length - i, &character);

		FUZZ_CHECK(bytes > 0 && character != 0x7f && character != 0x202e);
		FUZZ_CHECK(character >= 0x20 || character == '\n');
		FUZZ_CHECK(character < 0x80 || character >= 0xa0);
		i += bytes;
	}
}

static void check_space(const struct address_space *space)
{
	FUZZ_CHECK(space->vma_count > 0);
	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		FUZZ_CHECK(vma->start < vma->end && vma->kind < KIND_COUNT);
		FUZZ_CHECK(!i || space->vmas[i - 1].end <= vma->start);
	}
}

/* As --inside does it, of the pages of a few mappings. */
static void walk_pages(const struct procfs_options *procfs, const struct address_space *space)
{
	for (size_t i = 0; i < space->vma_count && i < 4; i++) {
		const struct range_place place = {PID, space->vmas[i].start, space->vmas[i].end,
						  space->target.page_size, true};
		struct range_walk walk;
		uint64_t expected;
		int more = 1;

		if (range_walk_begin(&walk, procfs, &place))
			return;
		for (int step = 0; more > 0 && step < 64; step++)
			more = range_walk_step(&walk, &expected);
		/* Each step gets on. */
		FUZZ_CHECK(more <= 0 || walk.pieces.walked > walk.pieces.start);
		range_walk_finish(&walk);
	}
}

static void write_reports(const struct options *options, struct once_target *target,
			  const struct theme *theme)
{
	static const struct field_list fields = {
		{FIELD_START, FIELD_END, FIELD_SIZE, FIELD_RSS, FIELD_PSS, FIELD_SWAP, FIELD_PERMS,
		 FIELD_KIND, FIELD_NAME},
		9,
	};
	const struct report_part part = once_target_part(target);
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);
	const struct sheet sheet = {stream, &fields, false};

	FUZZ_CHECK(stream);
	FUZZ_CHECK(!json_write_snapshot(stream, target->space, &target->usage, NULL));
	sheet_write(&sheet, &part, 1);
	FUZZ_CHECK(!once_picture_write(stream, options, target, theme));
	FUZZ_CHECK(!fclose(stream));
	check_text(text, length);
	free(text);
}

/* Takes the sample apart. */
static void take(const struct procfs_options *procfs, struct once_target *target,
		 const struct theme *theme, bool smaps)
{
	const struct options options = {
		.width = 100, .height = 40, .colour = COLOUR_NEVER, .procfs = root};

	check_space(target->space);
	walk_pages(procfs, target->space);
	if (scan_once(procfs, PID, target->space, smaps, &target->scan))
		target->scan = (struct scan){0};
	usage_table_adopt(&target->usage, target->space, target->scan.residency, target->scan.smaps,
			  target->scan.smaps_ns);
	target->scan.smaps = NULL;
	write_reports(&options, target, theme);
	once_target_release(target);
}

static void read_tree(const struct procfs_options *procfs)
{
	struct once_target target = {.pid = PID};
	struct target_totals totals;
	struct theme theme;
	struct target about;
	struct pulse pulse;
	uint64_t print;

	if (procfs_source_create(procfs, PID, &target.source))
		return;
	theme_parse(theme_default_text, theme_default_length, &theme, NULL, 0);
	for (int round = 0; round < 2; round++) {
		if (!source_read(target.source, &target.space))
			take(procfs, &target, &theme, round);
		source_damage(target.source);
		source_totals(target.source, &about, &totals);
		source_pulse(target.source, &pulse);
		source_look(target.source, COVERAGE_ALL, &print);
		source_rest(target.source);
	}
	once_target_finish(&target);
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t max, unsigned seed);

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t max, unsigned seed)
{
	return tree_mutate((char *)bytes, length, max, seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const struct procfs_options procfs = {.root = root};
	struct tree_file file;
	char process[PATH_MOST / 2];
	size_t at = 0;

	if (!*root)
		make_root();
	snprintf(process, sizeof(process), "%s/%d", root, PID);
	FUZZ_CHECK(!mkdir(process, 0700));
	while (tree_next((const char *)bytes, length, &at, &file))
		make_file(&file, process);
	read_tree(&procfs);
	FUZZ_CHECK(!nftw(process, remove_entry, 16, FTW_DEPTH | FTW_PHYS));
	return 0;
}
