/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/procfs_options.h"
#include "scan_child.h"

#include "residency/scan_target.h"

static void tells_images_and_the_end(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	struct scan_image image, again;
	struct scan_target target;
	int file;
	pid_t child = scan_child_start();

	(void)state;
	assert_int_equal(scan_target_open(&target, &options, child), 0);
	assert_int_equal(scan_target_image(&target, &image), 0);
	assert_true(image.resident > 4 * MB && image.minor_faults > 0);
	assert_int_equal(scan_target_image(&target, &again), 0);
	assert_true(scan_image_same(&image, &again));
	again.start_stack ^= 1;
	assert_false(scan_image_same(&image, &again));
	file = scan_target_open_file(&target, "maps");
	assert_true(file >= 0);
	close(file);
	assert_int_equal(scan_target_open_file(&target, "none"), -ENOENT);
	kill(child, SIGKILL);
	waitid(P_PID, (id_t)child, NULL, WEXITED | WNOWAIT);
	assert_int_equal(scan_target_image(&target, &image), -ESRCH); /* a zombie */
	waitpid(child, NULL, 0);
	assert_int_equal(scan_target_image(&target, &image), -ESRCH);
	scan_target_close(&target);
	assert_int_equal(scan_target_open(&target, &options, child), -ESRCH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_images_and_the_end),
	};

	return cmocka_run_group_tests_name("scan_target", tests, NULL, NULL);
}
