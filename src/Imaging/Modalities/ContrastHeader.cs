namespace Gateway.Imaging.Modalities;

/// <summary>
/// Reads from a header whether a contrast agent was given (PS3.3 C.7.6.4). An agent that is named, or an amount of it, is believed whatever
/// else is said. Of the descriptions the nearest that says something decides: the native series of a study with and without is native.
/// </summary>
internal static class ContrastHeader
{
    private static readonly (DicomTag Tag, string Name)[] Amounts =
    [
        (DicomTag.ContrastBolusVolume, "Contrast/Bolus Volume"), (DicomTag.ContrastBolusTotalDose, "Contrast/Bolus Total Dose"),
        (DicomTag.ContrastFlowRate, "Contrast Flow Rate"),
    ];

    private static readonly (DicomTag Tag, string Name)[] Manners =
    [
        (DicomTag.ContrastBolusRoute, "Contrast/Bolus Route"), (DicomTag.ContrastBolusIngredient, "Contrast/Bolus Ingredient"),
    ];

    /// <summary>From the series to what it belongs to.</summary>
    private static readonly (DicomTag Tag, string Name)[] Descriptions =
    [
        (DicomTag.SeriesDescription, "Series Description"), (DicomTag.ProtocolName, "Protocol Name"),
        (DicomTag.PerformedProcedureStepDescription, "Performed Procedure Step Description"),
        (DicomTag.RequestedProcedureDescription, "Requested Procedure Description"), (DicomTag.StudyDescription, "Study Description"),
    ];

    /// <returns>The name of the attribute that says that an agent was given; null where none does.</returns>
    public static string? SaidBy(DicomDataset ds)
    {
        var agent = ImageHeader.Text(ds, DicomTag.ContrastBolusAgent);
        if (Names(agent))
            return "Contrast/Bolus Agent";
        if (ImageHeader.Items(ds, DicomTag.ContrastBolusAgentSequence).Any(IsAgent))
            return "Contrast/Bolus Agent Sequence";
        var manners = agent is null ? Manners : [];
        return Amounts.Where(amount => ImageHeader.Number(ds, amount.Tag) > 0)
            .Concat(manners.Where(manner => Names(ImageHeader.Text(ds, manner.Tag))))
            .Select(said => said.Name).FirstOrDefault() ?? Described(ds);
    }

    private static string? Described(DicomDataset ds)
    {
        foreach (var (tag, name) in Descriptions)
            if (ContrastWords.Of(ImageHeader.Text(ds, tag)) is { } given)
                return given ? name : null;
        return null;
    }

    private static bool Names(string? text) => text is not null && !ContrastWords.NamesNothing(text);

    /// <summary>An item without words is an agent of which nothing is known.</summary>
    private static bool IsAgent(DicomDataset item) => ImageHeader.Text(item, DicomTag.CodeMeaning) is not { } meaning || Names(meaning);
}
