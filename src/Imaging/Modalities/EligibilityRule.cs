using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Modalities;

/// <summary>One condition that a series' headers must meet; null where they do, otherwise why the series is not translated.</summary>
public delegate Reason? EligibilityRule(SeriesHeader header);
