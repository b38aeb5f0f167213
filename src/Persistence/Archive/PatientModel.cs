namespace Gateway.Persistence;

/// <summary>A model that had to do with an erased patient.</summary>
/// <param name="Digest">Which.</param>
/// <param name="Direction">Such as <c>t2-ct</c>.</param>
/// <param name="Name">Its name and, after a space, its version.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="Use">What the patient's samples were to it.</param>
public sealed record PatientModel(string Digest, string Direction, string Name, ModelState State, ModelUse Use);
