using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Modalities;

/// <summary>One condition on the headers of a series. Null: it is met; otherwise the reason why the series is not translated.</summary>
public delegate Reason? EligibilityRule(SeriesHeader header);
