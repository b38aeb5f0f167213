namespace Gateway.Persistence.Migrations;

/// <summary>Fills the column of studies from before it: the rule as it was when the column came, for both databases.</summary>
internal static class WorklistStateOfOldStudies
{
    public const string Sql =
        """
        UPDATE studies SET worklist_state = CASE
            WHEN state = 'Receiving' THEN 'Receiving'
            WHEN EXISTS (SELECT 1 FROM series s WHERE s.study_id = studies.id AND s.state = 'Failed') THEN 'Failed'
            WHEN EXISTS (SELECT 1 FROM series s WHERE s.study_id = studies.id AND s.state = 'Held') THEN 'Held'
            WHEN NOT EXISTS (SELECT 1 FROM series s WHERE s.study_id = studies.id)
                OR EXISTS (SELECT 1 FROM series s WHERE s.study_id = studies.id AND s.state IN ('Receiving', 'Received', 'Queued', 'Translating'))
                THEN 'Received'
            WHEN NOT EXISTS (SELECT 1 FROM series s WHERE s.study_id = studies.id AND s.state NOT IN ('Ineligible', 'Superseded')) THEN 'Ineligible'
            WHEN EXISTS (SELECT 1 FROM series s WHERE s.study_id = studies.id AND s.origin = 'Derived' AND s.state = 'Delivered')
                AND NOT EXISTS (
                    SELECT 1 FROM series s WHERE s.study_id = studies.id AND s.origin = 'Derived' AND s.state NOT IN ('Delivered', 'Superseded'))
                THEN 'Delivered'
            ELSE 'Translated' END
        """;
}
