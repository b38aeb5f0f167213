namespace Gateway.TrainingWorker.Data;

/// <summary>What is left of a manifest's samples.</summary>
/// <param name="Data">Without pairs; those are of phantoms.</param>
/// <param name="Missing">Samples whose objects are gone: their patients were erased, their time was over, or a later revision came. Nothing
/// is learnt from them again.</param>
public sealed record ManifestPictures(TrainingData Data, int Missing);
