namespace Gateway.FieldCases;

/// <summary>What is right for a case.</summary>
/// <param name="Words">For people.</param>
/// <param name="Checks">For the machine: each says what is wrong, or null.</param>
internal sealed record RightValue(string Words, params Func<Outcome, PlainPictures, string?>[] Checks);
