namespace Gateway.Workshop.Pathology;

/// <summary>Which illnesses there are, and how often each is drawn.</summary>
internal static class IllnessTable
{
    /// <summary>How often each illness is drawn, of those that the levels allow; bleeds, infarcts and oedema are the most.</summary>
    private static readonly (IllnessKind Kind, float Weight, Func<Draft, bool> Draw)[] Table =
    [
        (IllnessKind.AcuteHaemorrhage, 0.3f, Haemorrhages.Acute),
        (IllnessKind.AcuteInfarct, 0.16f, Infarcts.Acute),
        (IllnessKind.OldInfarct, 0.1f, Infarcts.Old),
        (IllnessKind.Tumour, 0.1f, Growths.Tumour),
        (IllnessKind.Oedema, 0.1f, Growths.Oedema),
        (IllnessKind.MultipleSclerosis, 0.07f, WhiteMatterDisease.MultipleSclerosis),
        (IllnessKind.SmallVessel, 0.09f, WhiteMatterDisease.SmallVessel),
        (IllnessKind.OldHaemorrhage, 0.06f, Haemorrhages.Old),
        (IllnessKind.AcuteSubdural, 0.05f, SurfaceBlood.AcuteSubdural),
        (IllnessKind.ChronicSubdural, 0.04f, SurfaceBlood.ChronicSubdural),
        (IllnessKind.Epidural, 0.02f, SurfaceBlood.Epidural),
        (IllnessKind.Subarachnoid, 0.04f, Haemorrhages.Subarachnoid),
        (IllnessKind.Craniotomy, 0.03f, Surgery.Craniotomy),
        (IllnessKind.Cyst, 0.04f, Growths.Cyst),
        (IllnessKind.Meningioma, 0.05f, Growths.Meningioma),
        (IllnessKind.Hydrocephalus, 0.05f, Ventricles.Hydrocephalus),
        (IllnessKind.AfterSurgery, 0.05f, Surgery.Cavity),
    ];

    /// <summary>What may come beside another illness: it moves nothing.</summary>
    private static readonly Func<Draft, bool>[] Second =
        [Infarcts.Old, WhiteMatterDisease.SmallVessel, WhiteMatterDisease.MultipleSclerosis, Haemorrhages.Old];

    private const float SecondChance = 0.2f;

    private const int Tries = 4;

    public static Illness Draw(Anatomy anatomy, PathologyOptions options)
    {
        var draft = new Draft(anatomy, options);
        if (options.Only is not null || draft.Random.Chance(options.Chance))
            for (var i = 0; i < Tries && !Choose(draft).Draw(draft) && draft.MassEffect is null; i++)
            {
                // A place was not to be had at these levels: another illness, or another try.
            }
        if (options.Only is null && draft.HasFindings && draft.Random.Chance(SecondChance))
            Second[(int)(draft.Random.Next() % (ulong)Second.Length)](draft);
        if (options.Only is null && draft.Random.Chance(options.VariantChance))
            Variants.Calcify(draft);
        if (options.Only is null && draft.Random.Chance(options.VariantChance / 3))
            Variants.FillSinuses(draft);
        return draft.Finish();
    }

    private static (IllnessKind Kind, float Weight, Func<Draft, bool> Draw) Choose(Draft draft)
    {
        if (draft.Options.Only is { } only)
            return Array.Find(Table, row => row.Kind == only);
        var left = draft.Random.Uniform(0, Table.Sum(row => row.Weight));
        foreach (var row in Table)
            if ((left -= row.Weight) < 0)
                return row;
        return Table[0];
    }
}
