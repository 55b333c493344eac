libpure_a_SOURCES += \
	include/ui/arrange.h src/ui/arrange.c \
	include/ui/box.h src/ui/box.c \
	include/ui/colour_mode.h src/ui/colour_mode.c \
	include/ui/colour_mode_list.h \
	include/ui/command/command_row.h \
	include/ui/command/command.h \
	include/ui/command/commands.h src/ui/command/commands.c \
	include/ui/command/find_commands.h src/ui/command/find_commands.c \
	include/ui/command/interval_commands.h src/ui/command/interval_commands.c \
	include/ui/command/keymap.h src/ui/command/keymap.c \
	include/ui/command/move_commands.h src/ui/command/move_commands.c \
	include/ui/command/record_commands.h src/ui/command/record_commands.c \
	include/ui/command/program_commands.h src/ui/command/program_commands.c \
	include/ui/command/save_commands.h src/ui/command/save_commands.c \
	include/ui/command/play_commands.h src/ui/command/play_commands.c \
	include/ui/command/time_commands.h src/ui/command/time_commands.c \
	include/ui/command/view_commands.h src/ui/command/view_commands.c \
	include/ui/difference/difference_columns.h src/ui/difference/difference_columns.c \
	include/ui/difference/difference_draw.h src/ui/difference/difference_draw.c \
	include/ui/difference/difference_pane.h src/ui/difference/difference_pane.c \
	include/ui/dispatch.h src/ui/dispatch.c \
	include/ui/display.h src/ui/display.c \
	include/ui/find.h src/ui/find.c \
	include/ui/footer.h src/ui/footer.c \
	include/ui/frame.h src/ui/frame.c \
	include/ui/glyphs.h src/ui/glyphs.c \
	include/ui/header.h src/ui/header.c \
	include/ui/heap_wants.h src/ui/heap_wants.c \
	include/ui/inside/inside.h src/ui/inside/inside.c \
	include/ui/inside/inside_columns.h src/ui/inside/inside_columns.c \
	include/ui/inside/inside_draw.h src/ui/inside/inside_draw.c \
	include/ui/inside/inside_find.h src/ui/inside/inside_find.c \
	include/ui/inside/inside_level.h src/ui/inside/inside_level.c \
	include/ui/inside/inside_open.h src/ui/inside/inside_open.c \
	include/ui/inside/inside_pane.h src/ui/inside/inside_pane.c \
	include/ui/inside/inside_title.h src/ui/inside/inside_title.c \
	include/ui/inside/inside_wants.h src/ui/inside/inside_wants.c \
	include/ui/inside/inside_words.h src/ui/inside/inside_words.c \
	include/ui/list.h src/ui/list.c \
	include/ui/pane.h src/ui/pane.c \
	include/ui/pane/bytes_draw.h src/ui/pane/bytes_draw.c \
	include/ui/pane/bytes_held.h src/ui/pane/bytes_held.c \
	include/ui/pane/bytes_pane.h src/ui/pane/bytes_pane.c \
	include/ui/pane/chart.h src/ui/pane/chart.c \
	include/ui/pane/chart_pane.h src/ui/pane/chart_pane.c \
	include/ui/pane/events_draw.h src/ui/pane/events_draw.c \
	include/ui/pane/events_pane.h src/ui/pane/events_pane.c \
	include/ui/pane/findings_draw.h src/ui/pane/findings_draw.c \
	include/ui/pane/findings_pane.h src/ui/pane/findings_pane.c \
	include/ui/pane/found_pane.h src/ui/pane/found_pane.c \
	include/ui/pane/go_to_pane.h src/ui/pane/go_to_pane.c \
	include/ui/pane/growers_draw.h src/ui/pane/growers_draw.c \
	include/ui/pane/growers_lines.h src/ui/pane/growers_lines.c \
	include/ui/pane/growers_pane.h src/ui/pane/growers_pane.c \
	include/ui/pane/help_keys.h src/ui/pane/help_keys.c \
	include/ui/pane/help_lessons.h src/ui/pane/help_lessons.c \
	include/ui/pane/help_pane.h src/ui/pane/help_pane.c \
	include/ui/pane/help_sheet.h src/ui/pane/help_sheet.c \
	include/ui/pane/heap_classes.h src/ui/pane/heap_classes.c \
	include/ui/pane/heap_draw.h src/ui/pane/heap_draw.c \
	include/ui/pane/heap_room.h src/ui/pane/heap_room.c \
	include/ui/pane/sites_draw.h src/ui/pane/sites_draw.c \
	include/ui/pane/sites_lines.h src/ui/pane/sites_lines.c \
	include/ui/pane/sites_pane.h src/ui/pane/sites_pane.c \
	include/ui/site_colours.h src/ui/site_colours.c \
	include/ui/sites_wants.h src/ui/sites_wants.c \
	include/ui/pane/heap_pane.h src/ui/pane/heap_pane.c \
	include/ui/text/heap_words.h src/ui/text/heap_words.c \
	include/ui/pane/inspector_pane.h src/ui/pane/inspector_pane.c \
	include/ui/pane/limit_lines.h src/ui/pane/limit_lines.c \
	include/ui/pane/plot.h src/ui/pane/plot.c \
	include/ui/pane/summary.h src/ui/pane/summary.c \
	include/ui/pane/usage_draw.h src/ui/pane/usage_draw.c \
	include/ui/pane/timeline_pane.h src/ui/pane/timeline_pane.c \
	include/ui/pane/usage_pane.h src/ui/pane/usage_pane.c \
	include/ui/picture/band_death.h src/ui/picture/band_death.c \
	include/ui/picture/band_growth.h src/ui/picture/band_growth.c \
	include/ui/picture/band_match.h src/ui/picture/band_match.c \
	include/ui/picture/band_folds.h src/ui/picture/band_folds.c \
	include/ui/picture/band_sum.h src/ui/picture/band_sum.c \
	include/ui/picture/band_usage.h src/ui/picture/band_usage.c \
	include/ui/picture/bar.h src/ui/picture/bar.c \
	include/ui/picture/fold_label.h src/ui/picture/fold_label.c \
	include/ui/picture/highlights.h src/ui/picture/highlights.c \
	include/ui/picture/legend.h src/ui/picture/legend.c \
	include/ui/picture/minimap.h src/ui/picture/minimap.c \
	include/ui/picture/picture.h src/ui/picture/picture.c \
	include/ui/picture/picture_columns.h src/ui/picture/picture_columns.c \
	include/ui/picture/picture_edge.h src/ui/picture/picture_edge.c \
	include/ui/picture/picture_pane.h src/ui/picture/picture_pane.c \
	include/ui/picture/picture_title.h src/ui/picture/picture_title.c \
	include/ui/processes/process_list.h src/ui/processes/process_list.c \
	include/ui/processes/process_rows.h src/ui/processes/process_rows.c \
	include/ui/processes/processes_draw.h src/ui/processes/processes_draw.c \
	include/ui/processes/processes_pane.h src/ui/processes/processes_pane.c \
	include/ui/prompt.h src/ui/prompt.c \
	include/ui/scene.h \
	include/ui/shown.h src/ui/shown.c \
	include/ui/shown_basis.h src/ui/shown_basis.c \
	include/ui/shown_picture.h src/ui/shown_picture.c \
	include/ui/table/table.h src/ui/table/table.c \
	include/ui/table/table_columns.h src/ui/table/table_columns.c \
	include/ui/table/table_draw.h src/ui/table/table_draw.c \
	include/ui/table/table_find.h src/ui/table/table_find.c \
	include/ui/table/table_pane.h src/ui/table/table_pane.c \
	include/ui/table/table_rows.h src/ui/table/table_rows.c \
	include/ui/table/totals.h src/ui/table/totals.c \
	include/ui/text/address_words.h src/ui/text/address_words.c \
	include/ui/text/amounts.h src/ui/text/amounts.c \
	include/ui/text/answer.h src/ui/text/answer.c \
	include/ui/text/answer_about.h \
	include/ui/text/answer_access.h src/ui/text/answer_access.c \
	include/ui/text/answer_inside.h src/ui/text/answer_inside.c \
	include/ui/text/chunk_words.h src/ui/text/chunk_words.c \
	include/ui/text/death_words.h src/ui/text/death_words.c \
	include/ui/text/difference_words.h src/ui/text/difference_words.c \
	include/ui/text/explain.h src/ui/text/explain.c \
	include/ui/text/explain_sites.h src/ui/text/explain_sites.c \
	include/ui/text/site_words.h src/ui/text/site_words.c \
	include/ui/text/top_sites.h src/ui/text/top_sites.c \
	include/ui/text/explain_heap.h src/ui/text/explain_heap.c \
	include/ui/text/explain_kind.h src/ui/text/explain_kind.c \
	include/ui/text/explain_stacks.h src/ui/text/explain_stacks.c \
	include/ui/text/explain_usage.h src/ui/text/explain_usage.c \
	include/ui/text/explanation.h src/ui/text/explanation.c \
	include/ui/text/needle_words.h src/ui/text/needle_words.c \
	include/ui/text/part_words.h src/ui/text/part_words.c \
	include/ui/text/place_words.h src/ui/text/place_words.c \
	include/ui/text/program_name.h src/ui/text/program_name.c \
	include/ui/text/sentence.h src/ui/text/sentence.c \
	include/ui/text/words.h src/ui/text/words.c \
	include/ui/ui.h src/ui/ui.c \
	include/ui/time_step.h src/ui/time_step.c \
	include/ui/view.h src/ui/view.c

unit_tests += \
	tests/unit/test_address_words \
	tests/unit/test_amounts \
	tests/unit/test_answer \
	tests/unit/test_answer_access \
	tests/unit/test_answer_inside \
	tests/unit/test_arrange \
	tests/unit/test_band_death \
	tests/unit/test_band_growth \
	tests/unit/test_band_match \
	tests/unit/test_band_folds \
	tests/unit/test_band_usage \
	tests/unit/test_band_sum \
	tests/unit/test_bar \
	tests/unit/test_box \
	tests/unit/test_bytes_draw \
	tests/unit/test_bytes_draw_cells \
	tests/unit/test_bytes_held \
	tests/unit/test_bytes_pane \
	tests/unit/test_bytes_pane_wants \
	tests/unit/test_chart \
	tests/unit/test_chart_pane \
	tests/unit/test_chart_pane_times \
	tests/unit/test_chart_sizes \
	tests/unit/test_chunk_words \
	tests/unit/test_colour_mode \
	tests/unit/test_commands \
	tests/unit/test_commands_states \
	tests/unit/test_difference_columns \
	tests/unit/test_difference_draw \
	tests/unit/test_difference_pane \
	tests/unit/test_difference_words \
	tests/unit/test_dispatch \
	tests/unit/test_dispatch_header \
	tests/unit/test_dispatch_mouse \
	tests/unit/test_calm_screens \
	tests/unit/test_death_words \
	tests/unit/test_display \
	tests/unit/test_display_keys \
	tests/unit/test_display_wide \
	tests/unit/test_events_draw \
	tests/unit/test_events_draw_widths \
	tests/unit/test_events_pane \
	tests/unit/test_explain \
	tests/unit/test_explain_band \
	tests/unit/test_explain_heap \
	tests/unit/test_explain_kind \
	tests/unit/test_explain_stacks \
	tests/unit/test_explain_usage \
	tests/unit/test_explanation \
	tests/unit/test_find \
	tests/unit/test_find_commands \
	tests/unit/test_fold_label \
	tests/unit/test_footer \
	tests/unit/test_frame \
	tests/unit/test_glyphs \
	tests/unit/test_findings_draw \
	tests/unit/test_findings_pane \
	tests/unit/test_found_pane \
	tests/unit/test_go_to_pane \
	tests/unit/test_go_to_pane_draw \
	tests/unit/test_growers_draw \
	tests/unit/test_growers_draw_widths \
	tests/unit/test_growers_lines \
	tests/unit/test_growers_pane \
	tests/unit/test_header \
	tests/unit/test_header_command \
	tests/unit/test_help_keys \
	tests/unit/test_help_lessons \
	tests/unit/test_help_pane \
	tests/unit/test_help_sheet \
	tests/unit/test_highlights \
	tests/unit/test_heap_classes \
	tests/unit/test_heap_draw \
	tests/unit/test_sites_draw \
	tests/unit/test_sites_lines \
	tests/unit/test_sites_pane \
	tests/unit/test_sites_wants \
	tests/unit/test_explain_sites \
	tests/unit/test_site_colours \
	tests/unit/test_site_words \
	tests/unit/test_top_sites \
	tests/unit/test_heap_pane \
	tests/unit/test_heap_room \
	tests/unit/test_heap_wants \
	tests/unit/test_heap_words \
	tests/unit/test_inspector_pane \
	tests/unit/test_inspector_pane_pages \
	tests/unit/test_interval_commands \
	tests/unit/test_keymap \
	tests/unit/test_legend \
	tests/unit/test_limit_lines \
	tests/unit/test_inside \
	tests/unit/test_inside_columns \
	tests/unit/test_inside_draw \
	tests/unit/test_inside_find \
	tests/unit/test_inside_level \
	tests/unit/test_inside_open \
	tests/unit/test_inside_pane \
	tests/unit/test_inside_title \
	tests/unit/test_inside_wants \
	tests/unit/test_inside_words \
	tests/unit/test_list \
	tests/unit/test_minimap \
	tests/unit/test_move_commands \
	tests/unit/test_needle_words \
	tests/unit/test_pane \
	tests/unit/test_pane_rect \
	tests/unit/test_pane_widths \
	tests/unit/test_picture \
	tests/unit/test_picture_columns \
	tests/unit/test_picture_edge \
	tests/unit/test_picture_pane \
	tests/unit/test_picture_title \
	tests/unit/test_part_words \
	tests/unit/test_place_words \
	tests/unit/test_plot \
	tests/unit/test_process_list \
	tests/unit/test_process_rows \
	tests/unit/test_processes_draw \
	tests/unit/test_processes_pane \
	tests/unit/test_program_commands \
	tests/unit/test_program_name \
	tests/unit/test_prompt \
	tests/unit/test_sentence \
	tests/unit/test_shown \
	tests/unit/test_shown_basis \
	tests/unit/test_shown_picture \
	tests/unit/test_summary \
	tests/unit/test_table \
	tests/unit/test_table_columns \
	tests/unit/test_table_draw \
	tests/unit/test_table_find \
	tests/unit/test_table_pane \
	tests/unit/test_table_pane_keys \
	tests/unit/test_table_pane_mouse \
	tests/unit/test_table_rows \
	tests/unit/test_table_rows_kept \
	tests/unit/test_table_rows_orders \
	tests/unit/test_save_commands \
	tests/unit/test_record_commands \
	tests/unit/test_play_commands \
	tests/unit/test_time_commands \
	tests/unit/test_time_commands_found \
	tests/unit/test_time_step \
	tests/unit/test_view_commands \
	tests/unit/test_totals \
	tests/unit/test_ui \
	tests/unit/test_ui_panes \
	tests/unit/test_ui_random \
	tests/unit/test_usage_draw \
	tests/unit/test_usage_draw_widths \
	tests/unit/test_timeline_pane \
	tests/unit/test_usage_pane \
	tests/unit/test_view \
	tests/unit/test_view_moves \
	tests/unit/test_view_show \
	tests/unit/test_words

EXTRA_PROGRAMS += tests/bench/bench_table
EXTRA_DIST += tests/unit/band_of_regions.h tests/unit/bytes_shown.h tests/unit/columns_text.h tests/unit/core_target.h tests/unit/inside_fixture.h tests/unit/inspector_text.h tests/unit/picker_sample.h tests/unit/statement_text.h \
	tests/unit/sample_heap.h

tests_unit_test_inside_SOURCES = tests/unit/test_inside.c $(random_space)
