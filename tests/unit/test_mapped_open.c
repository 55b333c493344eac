/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "high_descriptor.h"
#include "confined_child.h"
#include "files/mapped_open.h"
#include "kernel/maps_file.h"
#include "model/vma.h"

/* A recorded process: a folder with a root, in which lie a file, a FIFO and links. */
struct tree {
	char path[64];
	int directory;
	struct stat file, fifo;
	struct mapped_root root;
};

static int set_up(void **state)
{
	struct tree *tree = calloc(1, sizeof(*tree));
	int file;

	assert_non_null(tree);
	snprintf(tree->path, sizeof(tree->path), "mapped-open-XXXXXX");
	assert_non_null(mkdtemp(tree->path));
	tree->directory = high_descriptor(open(tree->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	assert_int_equal(mkdirat(tree->directory, "root", 0700), 0);
	file = openat(tree->directory, "root/file", O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	assert_int_equal(write(file, "bytes", 5), 5);
	close(file);
	assert_int_equal(mkfifoat(tree->directory, "root/fifo", 0600), 0);
	assert_int_equal(symlinkat("/../../file", tree->directory, "root/link"), 0);
	assert_int_equal(fstatat(tree->directory, "root/file", &tree->file, 0), 0);
	assert_int_equal(fstatat(tree->directory, "root/fifo", &tree->fifo, 0), 0);
	mapped_root_init(&tree->root, tree->directory, 0);
	*state = tree;
	return 0;
}

static int tear_down(void **state)
{
	struct tree *tree = *state;

	mapped_root_finish(&tree->root);
	unlinkat(tree->directory, "root/file", 0);
	unlinkat(tree->directory, "root/fifo", 0);
	unlinkat(tree->directory, "root/link", 0);
	unlinkat(tree->directory, "root", AT_REMOVEDIR);
	close(tree->directory);
	rmdir(tree->path);
	free(tree);
	return 0;
}

static struct vma vma_of(const char *name, const struct stat *stat)
{
	return (struct vma){
		.start = 0x1000,
		.end = 0x2000,
		.name = name,
		.inode = stat->st_ino,
		.dev_major = major(stat->st_dev),
		.dev_minor = minor(stat->st_dev),
	};
}

static void the_mapped_file_is_found_and_read(void **state)
{
	struct tree *tree = *state;
	struct vma vma = vma_of("/file", &tree->file);
	struct mapped_found of;
	char bytes[5];
	int found = mapped_find(&tree->root, &vma, &of), file;

	assert_true(found >= 0);
	assert_int_equal(of.stat.stx_ino, tree->file.st_ino);
	assert_int_equal(of.identity, FILE_IDENTITY_LIKELY); /* a recording is not of now */
	file = mapped_open(found);
	assert_true(file >= 0);
	assert_int_equal(read(file, bytes, sizeof(bytes)), 5);
	assert_memory_equal(bytes, "bytes", 5);
	close(file);
	close(found);
}

static void links_stay_below_the_target_s_root(void **state)
{
	struct tree *tree = *state;
	struct vma vma = vma_of("/link", &tree->file);
	struct mapped_found of;
	int found = mapped_find(&tree->root, &vma, &of);

	/* Only openat2(2) can resolve in a root; without it the link leads nowhere. */
	assert_true(found >= 0 || found == -ENOENT);
	if (found >= 0)
		close(found);
}

static void another_file_of_that_name_is_not_taken(void **state)
{
	struct tree *tree = *state;
	struct vma vma = vma_of("/file", &tree->file);
	struct mapped_found of;

	vma.inode++;
	assert_int_equal(mapped_find(&tree->root, &vma, &of), -ENOENT);
	/* The numbers are right, but the mapped file was deleted. */
	vma.inode--;
	vma.deleted = true;
	assert_int_equal(mapped_find(&tree->root, &vma, &of), -ENOENT);
}

static void what_is_no_regular_file_is_never_opened(void **state)
{
	struct tree *tree = *state;
	struct vma vma = vma_of("/fifo", &tree->fifo);
	struct mapped_found of;

	/* To open the FIFO for reading would wait here for a writer. */
	assert_int_equal(mapped_find(&tree->root, &vma, &of), -ENOENT);
	vma.name = "/nothing";
	assert_int_equal(mapped_find(&tree->root, &vma, &of), -ENOENT);
}

/* Which of both it is, no kernel tells of a recording: both are tried. */
static void newlines_of_a_recording_are_found(void **state)
{
	static const char *const names[][2] = {{"a\nb", "/a\\012b"},
					       {"a\nb\nc", "/a\\012b\\012c"},
					       {"a\\012b", "/a\\012b"},
					       {"\n\n", "/\\012\\012"}};
	struct tree *tree = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct mapped_found of;
		char path[64];
		struct stat stat;
		struct vma vma;
		int found;

		snprintf(path, sizeof(path), "root/%s", names[i][0]);
		close(openat(tree->directory, path, O_CREAT | O_RDWR | O_CLOEXEC, 0600));
		assert_int_equal(fstatat(tree->directory, path, &stat, 0), 0);
		vma = vma_of(names[i][1], &stat);
		found = mapped_find(&tree->root, &vma, &of);
		assert_true(found >= 0);
		assert_int_equal(of.stat.stx_ino, stat.st_ino);
		close(found);
		unlinkat(tree->directory, path, 0);
		assert_int_equal(mapped_find(&tree->root, &vma, &of), -ENOENT);
	}
}

/* A file that this process maps, below the live /proc. */
struct mapping {
	char path[64];
	void *memory;
	int directory;
	struct mapped_root root;
	struct maps_parser maps;
};

static void map_file(struct mapping *mapping, const char *name)
{
	int folder, file;

	*mapping = (struct mapping){.path = "/tmp/vastop-test-XXXXXX"};
	assert_non_null(mkdtemp(mapping->path));
	folder = high_descriptor(open(mapping->path, O_PATH | O_DIRECTORY | O_CLOEXEC));
	file = openat(folder, name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(ftruncate(file, 5), 0);
	mapping->memory = mmap(NULL, 5, PROT_READ, MAP_PRIVATE, file, 0);
	assert_true(mapping->memory != MAP_FAILED);
	close(file);
	close(folder);
	mapping->directory = high_descriptor(open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));
	mapped_root_init(&mapping->root, mapping->directory, 0);
	maps_parser_init(&mapping->maps, (struct hash_key){{0}});
}

static struct vma *find_line(struct mapping *mapping)
{
	struct maps_parser *maps = &mapping->maps;

	assert_int_equal(maps_file_read(maps, mapping->directory, "maps"), 0);
	for (size_t i = 0; i < maps->count; i++)
		if (maps->vmas[i].start == (uintptr_t)mapping->memory)
			return &maps->vmas[i];
	fail_msg("nothing is mapped where something was");
	return NULL;
}

static void unlink_file(const struct mapping *mapping, const char *name)
{
	int folder = high_descriptor(open(mapping->path, O_PATH | O_DIRECTORY | O_CLOEXEC));

	assert_int_equal(unlinkat(folder, name, 0), 0);
	close(folder);
}

static void unmap_file(struct mapping *mapping)
{
	mapped_root_finish(&mapping->root);
	maps_parser_finish(&mapping->maps);
	munmap(mapping->memory, 5);
	close(mapping->directory);
	assert_int_equal(rmdir(mapping->path), 0);
}

static void expect_proven(struct mapped_root *root, const struct vma *vma)
{
	struct mapped_found of;
	int found = mapped_find(root, vma, &of);

	assert_true(found >= 0);
	close(found);
	assert_int_equal(of.identity, FILE_IDENTITY_PROVEN);
}

static void a_newline_or_the_letters_for_it(void **state)
{
	static const char *const names[] = {"a\nb", "a\\012b", "a\nb\\012c"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct mapping mapping;
		struct vma *vma;

		map_file(&mapping, names[i]);
		vma = find_line(&mapping);
		assert_non_null(strstr(vma->name, "\\012"));
		expect_proven(&mapping.root, vma);
		unlink_file(&mapping, names[i]);
		unmap_file(&mapping);
	}
}

static void a_file_that_is_called_deleted_has_its_name(void **state)
{
	struct mapping mapping;
	struct vma *vma;

	(void)state;
	map_file(&mapping, "x (deleted)");
	assert_true(mapped_has_name(&mapping.root, find_line(&mapping)));
	unlink_file(&mapping, "x (deleted)");
	vma = find_line(&mapping);
	assert_non_null(strstr(vma->name, "x (deleted) (deleted)"));
	assert_false(mapped_has_name(&mapping.root, vma));
	unmap_file(&mapping);
}

static void another_file_at_the_name_is_not_it(void **state)
{
	struct mapping mapping;
	struct mapped_found of;
	struct vma *vma;
	int folder, found;

	(void)state;
	map_file(&mapping, "x");
	unlink_file(&mapping, "x");
	folder = high_descriptor(open(mapping.path, O_PATH | O_DIRECTORY | O_CLOEXEC));
	close(openat(folder, "x", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	close(openat(folder, "x (deleted)", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	close(folder);
	vma = find_line(&mapping);
	assert_false(mapped_has_name(&mapping.root, vma));
	/* The kernel's own link leads to it, for those who may follow. */
	vma->deleted = true;
	found = mapped_find(&mapping.root, vma, &of);
	if (found >= 0) {
		assert_int_equal(of.stat.stx_ino, vma->inode);
		assert_int_equal(of.identity, FILE_IDENTITY_PROVEN);
		close(found);
	}
	unlink_file(&mapping, "x");
	unlink_file(&mapping, "x (deleted)");
	unmap_file(&mapping);
}

static void look_at_confined(struct mapped_root *root, const struct vma *vma, void *context)
{
	(void)context;
	expect_proven(root, vma);
}

static void a_file_below_another_root(void **state)
{
	(void)state;
	confined_child_visit(false, look_at_confined, NULL);
}

static void a_file_that_only_the_target_sees(void **state)
{
	(void)state;
	confined_child_visit(true, look_at_confined, NULL);
}

/* The mapping of this program's own code. */
static const struct vma *own_code(struct maps_parser *maps, int directory)
{
	maps_parser_init(maps, (struct hash_key){{0}});
	assert_int_equal(maps_file_read(maps, directory, "maps"), 0);
	for (size_t i = 0; i < maps->count; i++)
		if (maps->vmas[i].start <= (uintptr_t)&own_code &&
		    (uintptr_t)&own_code < maps->vmas[i].end)
			return &maps->vmas[i];
	fail_msg("this program has no code");
	return NULL;
}

static void the_executable_is_known(void **state)
{
	int directory = high_descriptor(open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));
	struct file_traits traits;
	struct mapped_root root;
	struct maps_parser maps;
	struct vma code;

	(void)state;
	mapped_root_init(&root, directory, 0);
	code = *own_code(&maps, directory);
	assert_true(mapped_is_exe(&root, &code) >= FILE_IDENTITY_LIKELY);
	mapped_read_traits(&root, &code, &traits);
	assert_true(file_traits_agree(&traits, &traits));
	if (traits.has_link)
		assert_true(traits.link.inode == code.inode);
	code.inode++;
	assert_int_equal(mapped_is_exe(&root, &code), FILE_IDENTITY_UNKNOWN);
	mapped_root_finish(&root);
	mapped_root_init(&root, -1, 0);
	assert_int_equal(mapped_is_exe(&root, &code), FILE_IDENTITY_NONE);
	mapped_root_finish(&root);
	maps_parser_finish(&maps);
	close(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_mapped_file_is_found_and_read, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(links_stay_below_the_target_s_root, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(another_file_of_that_name_is_not_taken, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_regular_file_is_never_opened, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(newlines_of_a_recording_are_found, set_up,
						tear_down),
		cmocka_unit_test(a_newline_or_the_letters_for_it),
		cmocka_unit_test(a_file_that_is_called_deleted_has_its_name),
		cmocka_unit_test(another_file_at_the_name_is_not_it),
		cmocka_unit_test(a_file_below_another_root),
		cmocka_unit_test(a_file_that_only_the_target_sees),
		cmocka_unit_test(the_executable_is_known),
	};

	return cmocka_run_group_tests_name("mapped_open", tests, NULL, NULL);
}
