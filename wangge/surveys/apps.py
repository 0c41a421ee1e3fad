from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "wangge.surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.places.copies import register_path_copy
        from wangge.surveys import counters, fields

        fields.register()
        counters.register()
        register_path_copy("surveys.HandedDownList", path="path", area="area")
        register_path_copy("surveys.ListEntry", path="path", grid="grid_path")
        register_path_copy("surveys.SurveyRound", path="path", area="area")
        register_path_copy("surveys.RoundDoor", path="path", grid="grid_path")
        register_path_copy("surveys.Contradiction", path="path", grid="grid_path")
        register_path_copy("surveys.SpotCheck", path="path", grid="grid_path")
        register_path_copy("surveys.Questionnaire", path="path", area="area")
        register_path_copy("surveys.PaperSheet", path="path", area="area")
        register_path_copy("surveys.Campaign", path="path", area="area")
        register_path_copy("surveys.CampaignTeam", path="path", area="area")
