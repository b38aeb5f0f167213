using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Modalities;

/// <summary>One condition on a header. Every image of a series is asked, and all must meet it. Null: it is met; otherwise the reason why
/// the series is not translated.</summary>
public delegate Reason? EligibilityRule(ImageHeader image);
