namespace Gateway.TranslationWorker;

/// <summary>Recognises what is synthetic, ours or another's: a PACS sends our own series back (conventions 1.2, loop guard).</summary>
public static class LoopGuard
{
    /// <summary>Says YES to Synthetic Data (0008,001C), or names Synthesizing Equipment (109100, DCM) among its contributors.</summary>
    /// <remarks>Image Type DERIVED alone says nothing: genuine scanner slices carry it.</remarks>
    public static bool IsSynthetic(DicomDataset dataset) =>
        (dataset.TryGetString(DicomTag.SyntheticData, out var synthetic) && synthetic.Trim() == "YES")
        || (dataset.TryGetSequence(DicomTag.ContributingEquipmentSequence, out var equipment) && equipment.Any(IsSynthesizer));

    private static bool IsSynthesizer(DicomDataset equipment) =>
        equipment.TryGetSequence(DicomTag.PurposeOfReferenceCodeSequence, out var purposes)
        && purposes.Any(p => p.TryGetString(DicomTag.CodeValue, out var code) && code.Trim() == "109100");
}
