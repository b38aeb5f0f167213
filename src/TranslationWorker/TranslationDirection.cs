namespace Gateway.TranslationWorker;

/// <summary>Which modality goes in and which comes out.</summary>
public enum TranslationDirection
{
    /// <summary>T2-weighted MR in, synthetic CT out.</summary>
    T2ToCt,

    /// <summary>Head CT in, synthetic T2-weighted MR out.</summary>
    CtToT2,
}
