namespace Gateway.DicomNetwork;

/// <content>Study Root Query/Retrieve Information Model - FIND, as SCU (PS3.4 §C.6.2.1), for one question.</content>
public sealed partial class DicomClient
{
    private const byte FindContext = 1;

    private static readonly ProposedContext[] FindContexts =
        [new(FindContext, SopClasses.StudyRootFind, [TransferSyntaxes.ExplicitLittleEndian, TransferSyntaxes.ImplicitLittleEndian])];

    /// <summary>C-FIND by unique keys (PS3.4 §C.4.1): one study, or one series of it.</summary>
    /// <exception cref="DicomNetworkException">No association, or none that lasted.</exception>
    public async Task<ExistenceOutcome> HasAsync(ExistenceQuery query, CancellationToken cancel = default)
    {
        await using var association = await RequestedAssociation.OpenAsync(options, FindContexts, time, cancel);
        if (!association.Accepted.TryGetValue(FindContext, out var syntax))
            return new(DimseStatus.SopClassNotSupported, false, "The peer does not offer Study Root C-FIND.");

        var found = false;
        await using var identifier = DimseDataSet.Write(Identifier(query), syntax);
        var response = await association.QueryAsync(
            FindContext, FindRequest, identifier, match => found |= IsOf(query, match, syntax), cancel);
        await association.ReleaseAsync(cancel);
        return new(
            response.Status, found && response.Status == DimseStatus.Success,
            response.Status == DimseStatus.Success ? null : response.ErrorComment);
    }

    private static CommandSet FindRequest(ushort messageId) => new()
    {
        Field = CommandField.FindRequest,
        MessageId = messageId,
        Priority = 0,
        AffectedSopClassUid = SopClasses.StudyRootFind,
        HasDataSet = true,
    };

    private static DicomDataset Identifier(ExistenceQuery query)
    {
        var identifier = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian).NotValidated()
            .AddOrUpdate(DicomTag.QueryRetrieveLevel, query.Series is null ? "STUDY" : "SERIES")
            .AddOrUpdate(DicomTag.StudyInstanceUID, query.Study.Value);
        return query.Series is { } series ? identifier.AddOrUpdate(DicomTag.SeriesInstanceUID, series.Value) : identifier;
    }

    /// <summary>A peer that does not know a key answers with everything it has.</summary>
    private static bool IsOf(ExistenceQuery query, ReadOnlyMemory<byte> match, string syntax)
    {
        try
        {
            var dataset = DimseDataSet.Read(match, syntax);
            var (tag, uid) = query.Series is { } series
                ? (DicomTag.SeriesInstanceUID, series) : (DicomTag.StudyInstanceUID, query.Study);
            return dataset.GetSingleValueOrDefault(tag, "") == uid.Value;
        }
        catch (DicomException)
        {
            return false;
        }
    }
}
